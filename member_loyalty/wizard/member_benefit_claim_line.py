from odoo import api, fields, models


class MemberBenefitClaimLine(models.TransientModel):
    """A benefit that can be claimed: how often still, and which product is chosen."""

    _name = "member.benefit.claim.line"
    _description = "Benefit to Claim"

    wizard_id = fields.Many2one(
        comodel_name="member.benefit.claim", required=True, ondelete="cascade"
    )
    benefit_id = fields.Many2one(
        comodel_name="member.benefit", required=True, ondelete="cascade"
    )
    product_choice_ids = fields.Many2many(
        comodel_name="product.product", related="benefit_id.product_ids"
    )
    product_id = fields.Many2one(
        comodel_name="product.product", required=True, ondelete="cascade"
    )
    left_text = fields.Char(string="Still Left", compute="_compute_left_text")
    times = fields.Integer(
        help="How often the customer claims it now. 0: not this time."
    )

    @api.depends("benefit_id", "wizard_id.order_id")
    def _compute_left_text(self):
        for wizard, lines in self.grouped("wizard_id").items():
            left = {claim.benefit: claim.available for claim in wizard._get_claims()}
            for line in lines:
                line.left_text = line._say_left(left.get(line.benefit_id, 0))

    def _say_left(self, available):
        """Return how often the benefit is left, in words."""
        if available is None:
            return self.env._("Any number of times")
        return self.env._(
            "%(left)s of %(quota)s", left=available, quota=self.benefit_id.quota
        )
