from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# what a program was taken into account with: its cards hold points of that kind
FIXED = frozenset({"program_type", "company_id", "currency_id", "applies_on"})


class LoyaltyProgram(models.Model):
    """A loyalty or eWallet program whose cards the member ledger keeps."""

    _inherit = "loyalty.program"

    member_program_id = fields.Many2one(
        comodel_name="member.program",
        string="Membership Program",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The membership that keeps an account of every point on these cards.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `loyalty` to let only memberships take programs into account."""
        if any(vals.get("member_program_id") for vals in vals_list):
            self._check_only_memberships_write()
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Override of `loyalty` to let only memberships take programs into account."""
        is_kept = FIXED & vals.keys() and self.sudo().filtered("member_program_id")
        if "member_program_id" in vals or is_kept:
            self._check_only_memberships_write()
        if "active" in vals and not vals["active"]:
            self._check_no_membership_needs_it()
        if {"member_program_id", "active", "rule_ids", "company_id"} & vals.keys():
            self.env.registry.clear_cache()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept_by_membership(self):
        self._check_no_membership_needs_it(with_archived=True)

    def _check_no_membership_needs_it(self, with_archived=False):
        """Leave the points of members where their membership looks for them.

        :param bool with_archived: whether archived memberships need it too
        :raises UserError: when a membership keeps the points of one of these
        """
        for program in self.sudo():
            membership = program.member_program_id
            if membership and (membership.active or with_archived):
                raise UserError(
                    self.env._(
                        "%(wallet)s holds the points of the members of %(program)s."
                        " It can be neither archived nor deleted; archive the"
                        " membership program when it has ended.",
                        wallet=program.name,
                        program=membership.name,
                    )
                )

    @api.model
    def _check_only_memberships_write(self):
        """Let our own code pass.

        :raises AccessError: for callers from outside
        """
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "Whether a membership keeps the points of a program is decided on"
                    " the membership program, with “Give Points” or a take-over."
                )
            )
