from odoo import models
from odoo.exceptions import UserError


class MemberLeadInquiryCorrection(models.AbstractModel):
    """Lets salespeople say what an inquiry is; the rules then leave it alone."""

    _name = "member.lead.inquiry.correction"
    _description = "Correction of a Lead's Inquiry"

    def action_read_inquiry(self):
        """Read the texts of the leads again, as when they came in.

        :raises AccessError: for leads that the user may not change
        """
        self.check_access("write")
        if len(self) > 100:
            self._let_inquiries_wait()
        else:
            self._read_inquiries()
        return True

    def action_inquiry_quality(self):
        """Say that these are quality inquiries."""
        return self._correct_inquiry("quality")

    def action_inquiry_ordinary(self):
        """Say that these are inquiries, but not of quality."""
        return self._correct_inquiry("ordinary")

    def action_inquiry_none(self):
        """Say that these are no inquiries."""
        return self._correct_inquiry("none")

    def action_inquiry_spam(self):
        """Say that these are spam."""
        return self._correct_inquiry("spam")

    def action_inquiry_duplicate(self):
        """Say that these repeat other inquiries."""
        return self._correct_inquiry("duplicate")

    def action_inquiry_by_rules(self):
        """Let the rules decide again.

        :raises AccessError: for leads that the user may not change
        """
        self.check_access("write")
        self.sudo().write({"member_inquiry_decided_by": "rules"})
        self._read_inquiries()
        self._log_decision(self.env._("The rules decide again what this inquiry is."))
        return True

    def _correct_inquiry(self, state):
        """Decide by hand what leads are, and write down who did it.

        :raises AccessError: for leads that the user may not change
        :raises UserError: for leads of a company without a membership program
        """
        self.check_access("write")
        if self._filter_members_companies() != self:
            raise UserError(
                self.env._(
                    "Inquiries are graded for companies with a membership program only."
                    " A manager can make one under Membership, Configuration."
                )
            )
        leads = self.sudo()
        for lead in leads.filtered(lambda one: not one.member_inquiry_on):
            company = lead.company_id or self.env.company
            lead.member_inquiry_on = company._get_member_day(lead.create_date)
        leads.write(
            {
                "member_inquiry_state": state,
                "member_inquiry_decided_by": "hand",
                "member_inquiry_to_check": False,
            }
        )
        leads._read_inquiries()
        names = dict(
            self._fields["member_inquiry_state"]._description_selection(self.env)
        )
        self._log_decision(
            self.env._("Decided by hand: %(state)s.", state=names[state])
        )
        return True

    def _log_decision(self, text):
        """Write into the chatter who decided; the message carries the time."""
        self._message_log_batch(bodies=dict.fromkeys(self.ids, text))
