from odoo.tests import freeze_time

from odoo.addons.member_loyalty.tests.common import TODAY, MemberCommon


@freeze_time("2026-03-15 10:00:00")
class SignalCommon(MemberCommon):
    """A club whose only signal rule is the one that a test makes."""

    def _create_rule(self, kind, **values):
        self.program.signal_rule_ids.active = False
        return self.env["member.signal.rule"].create(
            {"program_id": self.program.id, "kind": kind, **values}
        )

    def _create_member(self, name="Ada", tier=None, **values):
        customer = self._create_customer(name, **values)
        self._enroll(customer, tier=tier)
        return customer

    def _refresh(self, day=TODAY):
        """Look for signals as of a day, and return those that hold."""
        self.program._refresh_signals(day)
        return self._get_open()

    def _get_open(self):
        return self.env["member.signal"].search(
            [("program_id", "=", self.program.id), ("ended_on", "=", False)]
        )

    def _score(self, customer, **values):
        return self.env["member.score"].create(
            {**self._prepare_narrow(customer), **values}
        )

    def _forecast(self, customer, **values):
        return self.env["member.forecast"].create(
            {**self._prepare_narrow(customer), **values}
        )

    def _prepare_narrow(self, customer):
        membership = self._get_membership(customer)
        return {
            "membership_id": membership.id,
            "company_id": membership.company_id.id,
            "partner_id": customer.id,
        }
