from odoo import api, fields, models


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
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if {"member_program_id", "active", "rule_ids", "company_id"} & vals.keys():
            self.env.registry.clear_cache()
        return super().write(vals)
