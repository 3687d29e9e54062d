from datetime import datetime
from decimal import Decimal

from ..logic.point_posting import Posting
from .point_common import PointsCommon


class OwedCommon(PointsCommon):
    """Points given, used and expired at any moment, straight through the ledger."""

    @classmethod
    def _card_of(cls, customer, program=None):
        program = program or cls.program
        return cls.env["loyalty.card"]._get_member_wallet(
            program, customer, create=True
        )

    @classmethod
    def _post(cls, customer, points, at="2026-03-01", kind=None, until=None, **values):
        """Book points on a customer's card: given when positive, else spent."""
        moment = datetime.fromisoformat(at)
        return cls.env["member.point.ledger"]._post(
            [
                Posting(
                    (values.pop("card", None) or cls._card_of(customer)).id,
                    kind or ("earned" if points > 0 else "spent"),
                    Decimal(str(points)),
                    moment,
                    expires_at=until and datetime.fromisoformat(until),
                    **values,
                )
            ]
        )
