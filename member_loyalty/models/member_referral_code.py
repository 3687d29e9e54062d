from odoo import api, fields, models

from ..logic import referral_code
from ..queries import referrals as queries
from ..queries.execution import execute_quietly


class MemberReferralCode(models.Model):
    """The code of a contact's personal link in a program; one at a time.

    A renewed code keeps its row, so that referrals know theirs, and works no more.
    """

    _name = "member.referral.code"
    _description = "Referral Code"
    _order = "id desc"
    _rec_name = "code"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    program_id = fields.Many2one(
        comodel_name="member.program", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, precompute=True
    )
    code = fields.Char(required=True, readonly=True, copy=False)
    shown_code = fields.Char(string="As Shown", compute="_compute_shown_code")
    active = fields.Boolean(default=True, readonly=True)

    _one_per_code = models.UniqueIndex("(code)")
    _one_per_contact = models.UniqueIndex("(partner_id, program_id) WHERE active")

    @api.depends("code")
    def _compute_shown_code(self):
        for one in self:
            one.shown_code = referral_code.show(one.code or "")

    @api.model
    def _find(self, typed, company):
        """Return the code that somebody typed, with rights, when it can be used.

        Unknown codes, renewed ones, those of other companies, of programs without
        referrals and of contacts who are no members are all answered alike.

        :param typed: whatever came with the request
        """
        codes, code = self.sudo(), referral_code.normalise(typed)
        program_ids = self.env["member.program"]._get_referral_program_ids(company.id)
        if not code or not program_ids:
            return codes.browse()
        found = codes.search(
            [
                ("code", "=", code),
                ("program_id", "in", program_ids),
                ("partner_id.active", "=", True),
            ]
        )
        return found.filtered(lambda one: one._get_membership())

    @api.model
    def _find_of(self, partner, program):
        """Return a contact's code in a program, with rights."""
        return self.sudo().search(
            [("partner_id", "=", partner.id), ("program_id", "=", program.id)], limit=1
        )

    @api.model
    def _make(self, partner, program, is_renewed=False):
        """Give a contact a code, once; another one instead when it is renewed.

        :return: the code that can be used
        """
        found = self._find_of(partner, program)
        if found and not is_renewed:
            return found
        found.active = False
        execute_quietly(
            self.env,
            queries.add_code(
                self.env,
                partner.id,
                program.id,
                program.company_id.id,
                referral_code.new(),
            ),
        )
        return self._find_of(partner, program)

    def _get_membership(self):
        """Return the membership that the contact takes part by."""
        self.ensure_one()
        member = self.program_id._get_member_partners(self.partner_id)
        return (
            self.env["member.membership"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", member.id),
                    ("program_id", "=", self.program_id.id),
                ]
            )
        )
