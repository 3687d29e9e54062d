from datetime import datetime, timedelta
from decimal import Decimal

from odoo.tests import freeze_time

from ..logic.figure_measuring import Fact
from ..logic.point_posting import Posting
from ..logic.purchase_posting import exact
from .common import MemberCommon
from .owed_common import OwedCommon


@freeze_time("2026-03-15 10:00:00")
class TopupCommon(OwedCommon):
    """The club keeps an eWallet that is topped up by buying a product."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stored = cls.program._start_stored_value()
        cls.topup = cls.stored.trigger_product_ids[:1]
        cls.topup.write({"taxes_id": False, "invoice_policy": "order"})

    @classmethod
    def _top_up(cls, customer, amount=500, **values):
        order = cls._create_order(customer, **values)
        order.order_line = [
            cls._prepare_line(product_id=cls.topup.id, price_unit=amount)
        ]
        order.action_confirm()
        return order


class BonusTopupCommon(TopupCommon):
    """Topping up 500 gives 50 more; Ada tops up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bonus = cls._create_bonus()
        cls.ada = cls._create_customer()

    @classmethod
    def _create_bonus(cls, start=500, bonus=50, **values):
        return cls.env["member.topup.bonus"].create(
            {
                "program_id": cls.program.id,
                "name": f"{start} gives {bonus}",
                "from_amount": start,
                "bonus": bonus,
                **values,
            }
        )

    def _get_ewallet(self, customer=None):
        return self.env["loyalty.card"].search(
            [
                ("program_id", "=", self.stored.id),
                ("partner_id", "=", (customer or self.ada).id),
            ]
        )

    def _get_money(self, customer=None):
        return self._get_ewallet(customer).points


class RandomTopupCommon(MemberCommon):
    """eWallets that were topped up at random, as entries and as facts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stored = cls.program._start_stored_value()

    def _top_up_at_random(self, random, contacts, as_of, edges):
        """Top up, and take back, just before and after midnight."""
        for contact in contacts:
            card = self.env["loyalty.card"].create(
                {"program_id": self.stored.id, "partner_id": contact.id}
            )
            midnight = datetime.combine(as_of, datetime.min.time())
            for _topup in range(random.randint(0, 2)):
                at = midnight - timedelta(days=random.choice(edges))
                at += timedelta(hours=random.choice([0, 7, 12, 17, 23]))
                self._book_topup(card, "earned", random.choice([500, 0.01]), at)
                self._book_topup(card, "earned", 50, at, part="top_up_bonus,1")
                if random.random() < 0.3:
                    self._book_topup(card, "claimed_back", -10, at)

    def _book_topup(self, card, kind, amount, at, part="top_up"):
        posting = Posting(card.id, kind, Decimal(str(amount)), at, part=part)
        self.env["member.point.ledger"]._post([posting])

    def _get_topup_facts(self, contact):
        entries = self.env["member.point.entry"].search(
            [("card_id.partner_id", "=", contact.id), ("part", "=", "top_up")]
        )
        return [
            Fact("topup", entry.day, exact(entry.points) - exact(entry.debt))
            for entry in entries
        ]
