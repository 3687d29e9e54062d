from odoo import api, fields, models


class MemberSimulationTier(models.Model):
    """How many members a tier has now, and would have, and what they buy."""

    _name = "member.simulation.tier"
    _description = "Tier in a Simulation"
    _log_access = False
    _order = "simulation_id, sequence, tier_id"

    simulation_id = fields.Many2one(
        comodel_name="member.simulation",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="simulation_id.company_id", store=True)
    currency_id = fields.Many2one(related="simulation_id.currency_id")
    tier_id = fields.Many2one(
        comodel_name="member.tier", required=True, readonly=True, ondelete="cascade"
    )
    tier_color = fields.Integer(related="tier_id.color")
    sequence = fields.Integer(readonly=True, help="The lowest tier has 0.")
    member_count = fields.Integer(string="Members Now", readonly=True, default=0)
    in_force_count = fields.Integer(string="Rules in Force", readonly=True, default=0)
    draft_count = fields.Integer(string="Draft", readonly=True, default=0)
    difference = fields.Integer(
        compute="_compute_difference",
        help="Members under the draft, less those under the rules in force.",
    )
    revenue = fields.Monetary(
        string="Purchases Now",
        readonly=True,
        default=0,
        help="What the members of the tier bought in the program's window.",
    )
    in_force_revenue = fields.Monetary(
        string="Purchases, Rules in Force", readonly=True, default=0
    )
    draft_revenue = fields.Monetary(string="Purchases, Draft", readonly=True, default=0)
    in_force_cost = fields.Monetary(
        string="Benefit Cost, Rules in Force", readonly=True, default=0
    )
    draft_cost = fields.Monetary(string="Benefit Cost, Draft", readonly=True, default=0)

    _once = models.UniqueIndex(
        "(simulation_id, tier_id)", "A simulation counts every tier once."
    )

    @api.depends("draft_count", "in_force_count")
    def _compute_difference(self):
        for tier in self:
            tier.difference = tier.draft_count - tier.in_force_count
