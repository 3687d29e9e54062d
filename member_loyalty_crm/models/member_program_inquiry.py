from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .member_lead_inquiry_reading import NEAR_THRESHOLD

DECIDED_AT_ONCE = 1000


class MemberProgramInquiry(models.AbstractModel):
    """What a program calls a quality inquiry."""

    _name = "member.program.inquiry"
    _description = "Inquiries of a Program"

    inquiry_threshold = fields.Integer(
        string="Quality Inquiry From",
        default=60,
        help="The least grade, 1 to 100, of a quality inquiry. Changing it decides open"
        " leads anew, except those decided by hand.",
    )
    inquiry_duplicate_days = fields.Integer(
        string="Duplicates Within",
        default=30,
        help="Days in which the same text or the same lines of the same sender are a"
        " duplicate, and the same text of others is a copy. 1 to 365.",
    )

    @api.constrains("inquiry_threshold", "inquiry_duplicate_days")
    def _check_inquiry_settings(self):
        for program in self:
            if not 1 <= program.inquiry_threshold <= 100:
                raise ValidationError(
                    self.env._("A quality inquiry starts at a grade from 1 to 100.")
                )
            if not 1 <= program.inquiry_duplicate_days <= 365:
                raise ValidationError(
                    self.env._("Duplicates are looked for in the last 1 to 365 days.")
                )

    def write(self, vals):
        """Override of `member_loyalty` to decide open leads by the new threshold."""
        result = super().write(vals)
        if "inquiry_threshold" in vals:
            for program in self:
                program._redecide_inquiries()
        return result

    def action_read_open_inquiries(self):
        """Read all open leads of the company again, in the background.

        :raises AccessError: for others than managers
        """
        self.ensure_one()
        self.check_access("write")
        leads = self.env["crm.lead"].sudo().search(self._get_open_leads_domain())
        leads._let_inquiries_wait()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%s open leads are being read in the background.", len(leads)
                ),
            },
        }

    def _get_open_leads_domain(self):
        self.ensure_one()
        return Domain("company_id", "in", (self.company_id.id, False)) & Domain(
            "won_status", "=", "pending"
        )

    def _redecide_inquiries(self):
        """Decide open leads that the rules graded by the threshold of today.

        A few at once; the rest waits for the scheduled action.
        """
        self.ensure_one()
        first = self._get_company_programs(self.company_id)[:1]
        if first != self.sudo():
            return
        leads = self.env["crm.lead"].sudo().with_company(self.company_id)
        graded = self._get_open_leads_domain() & Domain(
            "member_inquiry_decided_by", "=", "rules"
        )
        reached = Domain("member_inquiry_grade", ">=", self.inquiry_threshold)
        for state, domain in (
            ("quality", Domain("member_inquiry_state", "=", "ordinary") & reached),
            ("ordinary", Domain("member_inquiry_state", "=", "quality") & ~reached),
        ):
            changed = leads.search(graded & domain)
            changed[:DECIDED_AT_ONCE].write({"member_inquiry_state": state})
            changed[DECIDED_AT_ONCE:]._let_inquiries_wait()
        self._recheck_inquiries(leads, graded)

    def _recheck_inquiries(self, leads, graded):
        """Mark those whose grade is now near the threshold, and no others."""
        near = Domain(
            "member_inquiry_grade", ">=", self.inquiry_threshold - NEAR_THRESHOLD
        ) & Domain(
            "member_inquiry_grade", "<=", self.inquiry_threshold + NEAR_THRESHOLD
        )
        graded &= Domain("member_inquiry_state", "in", ("ordinary", "quality"))
        for to_check, domain in ((True, near), (False, ~near)):
            other = Domain("member_inquiry_to_check", "=", not to_check)
            leads.search(graded & domain & other).write(
                {"member_inquiry_to_check": to_check}
            )
