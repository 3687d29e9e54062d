from odoo import api, fields, models

from ..queries import referrals as queries
from ..queries.execution import execute_quietly


class MemberReferralBinding(models.AbstractModel):
    """Binding: who registers with a member's code was referred by that member."""

    _name = "member.referral.binding"
    _description = "Binding of Referrals"

    @api.model
    def _bind(self, code, contact):
        """Write down that a contact registered with a code, the first one only.

        What speaks against it is written down as well: the referrer can read why it
        does not count, and an officer can accept it.

        :param code: ``member.referral.code`` that can be used
        :param contact: the contact that registered just now
        :return: the new referral; none when the company was referred before
        """
        referrals, program = self.sudo(), code.program_id
        referred = contact.commercial_partner_id
        now = fields.Datetime.now()
        rows = execute_quietly(
            self.env,
            queries.bind(
                self.env,
                {
                    "program_id": program.id,
                    "company_id": program.company_id.id,
                    "code_id": code.id,
                    "referrer_id": code.partner_id.id,
                    "membership_id": code._get_membership().id,
                    "contact_id": contact.id,
                    "referred_id": referred.id,
                    "bound_at": now,
                    "bound_on": program.company_id._get_member_day(now),
                    "was_customer": self._was_customer(contact, program, now),
                },
            ),
        )
        referral = referrals.browse(referral_id for (referral_id,) in rows)
        if referral:
            verdict = referral._judge(is_final=False)[referral.id]
            if not verdict.is_accepted:
                referral._refuse_for(verdict)
        return referral

    @api.model
    def _was_customer(self, contact, program, now):
        """Tell whether a contact's company was known as a customer before."""
        company = contact.sudo().commercial_partner_id
        today = program.company_id._get_member_day(now)
        memberships = self.env["member.membership"].sudo()
        return company.customer_rank > 0 or bool(
            memberships.with_context(active_test=False).search_count(
                [
                    ("partner_id", "in", (company | contact).ids),
                    ("company_id", "=", program.company_id.id),
                    ("joined_on", "<", today),
                ],
                limit=1,
            )
        )
