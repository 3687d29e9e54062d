from contextlib import contextmanager
from datetime import date

from odoo.addons.member_loyalty.queries.metrics import Scope
from odoo.addons.member_loyalty.tests.common import TODAY
from odoo.addons.member_loyalty.tests.evaluation_common import EvaluationCommon

REVIEW = date(2026, 4, 1)


class TierLossCommon(EvaluationCommon):
    """Ada is Silver until the end of March; the review is on 1 April."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls._create_customer()
        cls.membership = cls._enroll(cls.ada, tier=cls.silver)
        cls.membership.valid_until = date(2026, 3, 31)

    def _forecast(self, program=None, day=TODAY):
        (program or self.program)._refresh_forecasts(day)
        self.env.invalidate_all()

    def _get_forecast(self, partner=None):
        return self.env["member.forecast"].search(
            [("partner_id", "=", (partner or self.ada).id)]
        )

    @contextmanager
    def _for_a_moment(self):
        """Undo at the end what is done meanwhile."""
        savepoint = self.env.cr.savepoint()
        try:
            with savepoint:
                yield
                self.env.flush_all()
                savepoint.rollback()
        finally:
            self.env.invalidate_all()

    def _falls_after(self, membership, amount, on, review=REVIEW):
        """Tell whether a member would fall at a review after one more order."""
        program = membership.program_id
        with self._for_a_moment():
            self._book(membership.partner_id, float(amount), on)
            scope = Scope(partner_ids=(membership.partner_id.id,))
            moves = self._apply(program, review, may_fall=True, scope=scope)
            return [move[4] for move in moves] == ["down"]
