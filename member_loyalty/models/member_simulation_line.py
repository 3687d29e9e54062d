from odoo import api, fields, models


class MemberSimulationLine(models.Model):
    """A member for whom a draft of the rules changes something.

    A narrow table that one statement fills; the country is that of the day.
    """

    _name = "member.simulation.line"
    _description = "Member in a Simulation"
    _log_access = False
    _order = "revenue desc, id"

    simulation_id = fields.Many2one(
        comodel_name="member.simulation",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="simulation_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    membership_id = fields.Many2one(
        comodel_name="member.membership",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(related="membership_id.partner_id", string="Member")
    country_id = fields.Many2one(comodel_name="res.country", readonly=True)
    tier_id = fields.Many2one(
        comodel_name="member.tier",
        string="Now",
        required=True,
        readonly=True,
        ondelete="cascade",
        help="The tier held on the day of the simulation.",
    )
    in_force_tier_id = fields.Many2one(
        comodel_name="member.tier",
        string="Rules in Force",
        required=True,
        readonly=True,
        ondelete="cascade",
        help="The tier that the rules in force would give.",
    )
    draft_tier_id = fields.Many2one(
        comodel_name="member.tier",
        string="Draft",
        required=True,
        readonly=True,
        ondelete="cascade",
        help="The tier that the draft would give.",
    )
    tier_color = fields.Integer(related="tier_id.color")
    in_force_tier_color = fields.Integer(
        related="in_force_tier_id.color", string="Colour, Rules in Force"
    )
    draft_tier_color = fields.Integer(
        related="draft_tier_id.color", string="Colour, Draft"
    )
    move = fields.Selection(
        selection=[("up", "Rises"), ("down", "Falls"), ("stay", "Stays")],
        string="Compared with Now",
        required=True,
        readonly=True,
    )
    change = fields.Selection(
        selection=[("up", "Higher"), ("down", "Lower"), ("stay", "The same")],
        string="Compared with the Rules in Force",
        required=True,
        readonly=True,
    )
    revenue = fields.Monetary(
        string="Purchases", readonly=True, help="In the program's window, on the day."
    )
    cost_change = fields.Monetary(
        string="Change in Benefit Cost",
        readonly=True,
        help="What the benefits of the tier under the draft are expected to cost a"
        " year, less those of the tier under the rules in force.",
    )

    @api.depends("partner_id", "draft_tier_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = self.env._(
                "%(member)s to %(tier)s",
                member=line.partner_id.display_name or "",
                tier=line.draft_tier_id.name or "",
            )
