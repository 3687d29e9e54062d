from odoo import api, models
from odoo.exceptions import AccessError, UserError


class MemberActivityCorrection(models.AbstractModel):
    """What officers enter into the journal by hand, and take back from it."""

    _name = "member.activity.correction"
    _description = "Correction of Member Activities"

    def _check_may_correct(self):
        """Let officers pass.

        :raises AccessError: for everybody else
        """
        if not self.env.user.has_group("member_loyalty.member_loyalty_group_officer"):
            raise AccessError(
                self.env._("Only membership officers may correct activities.")
            )

    @api.model
    def _record(self, company, partner, facts):
        """Enter what no document tells, such as a referral, and let the member rise.

        :param partner: the contact who did it; its company is the member as well
        :param dict facts: kind, date, quantity, reason and a unique source_key
        :return: the new activity
        """
        self._check_may_correct()
        activity = self.sudo().create(
            {
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                "partner_id": partner.id,
                "commercial_partner_id": partner.commercial_partner_id.id,
                "country_id": partner.commercial_partner_id.country_id.id,
                "event": "manual",
                "amount": 0,
                "revision": 1,
                **facts,
            }
        )
        activity._let_members_rise()
        return activity

    def _reverse(self, reason):
        """Take activities back, each by a new row at its own date.

        :param str reason: shown with the new rows
        :return: the new activities
        :raises UserError: when one of them was reversed before, or is a reversal
        """
        self._check_may_correct()
        keys = [f"member.activity,{activity.id}" for activity in self]
        if "reversed" in self.mapped("event") or self.sudo().search_count(
            [("source_key", "in", keys)], limit=1
        ):
            raise UserError(
                self.env._(
                    "An activity can be reversed once, and a reversal not at all."
                    " Leave out those that are already reversed."
                )
            )
        reversals = self.sudo().create(
            [activity._prepare_reversal_values(reason) for activity in self]
        )
        reversals._let_members_rise()
        return reversals

    def _prepare_reversal_values(self, reason):
        """Return the values of the row that takes this one back, at its own date."""
        self.ensure_one()
        return {
            **self.copy_data()[0],
            "event": "reversed",
            "amount": -self.amount,
            "order_count": -self.order_count,
            "quantity": -self.quantity,
            "line_ids": self.line_ids._prepare_reversal_commands(),
            "document_amount": -self.document_amount,
            "source_key": f"member.activity,{self.id}",
            "revision": 1,
            "reason": reason,
        }
