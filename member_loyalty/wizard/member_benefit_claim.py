from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class MemberBenefitClaim(models.TransientModel):
    """Lists what the customer of a quotation may claim, and puts it on."""

    _name = "member.benefit.claim"
    _description = "Claim Benefits"

    order_id = fields.Many2one(
        comodel_name="sale.order", required=True, readonly=True, ondelete="cascade"
    )
    line_ids = fields.One2many(
        comodel_name="member.benefit.claim.line",
        inverse_name="wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("order_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [
                Command.create(
                    {
                        "benefit_id": claim.benefit.id,
                        "product_id": claim.benefit.product_ids[:1].id,
                    }
                )
                for claim in wizard._get_claims()
            ]

    def _get_claims(self):
        """Return what can be claimed on the quotation, to those who may read it."""
        self.ensure_one()
        if not self.order_id:
            return []
        self.order_id.check_access("read")
        return self.order_id._get_claimable_benefits()

    def action_claim(self):
        """Put on the quotation what was chosen.

        :raises UserError: when nothing was chosen, or it cannot be had so often
        """
        self.ensure_one()
        chosen = self.line_ids.filtered("times")
        if not chosen:
            raise UserError(
                self.env._("Enter how often the customer claims one of the benefits.")
            )
        for line in chosen:
            self.order_id._add_claim(line.benefit_id, line.product_id, line.times)
        return {"type": "ir.actions.act_window_close"}
