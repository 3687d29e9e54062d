from odoo import api, fields, models


class MemberForecast(models.Model):
    """What is to be expected of a member: the next purchase, and the tier's end.

    A narrow table that is computed in sets and written where something changed.
    """

    _name = "member.forecast"
    _inherit = ["member.insight.record", "member.portrait.opening"]
    _description = "Forecast of a Member"
    _order = "return_chance, id"
    _log_access = False

    has_return_chance = fields.Boolean(
        readonly=True,
        help="Whether a model that proved itself gave the chance of another purchase.",
    )
    return_chance = fields.Float(
        string="Chance of Another Purchase",
        readonly=True,
        aggregator="avg",
        help="0 to 1, within the days that the program looks ahead.",
    )
    expected_orders = fields.Float(
        readonly=True, help="Within the days that the program looks ahead."
    )
    expected_value = fields.Monetary(
        readonly=True, help="Within the days that the program looks ahead."
    )
    has_tier_loss = fields.Boolean(
        string="Tier Can Be Lost",
        readonly=True,
        help="Whether a review within a year would take the tier if nothing more were"
        " bought.",
    )
    has_tier_loss_chance = fields.Boolean(
        readonly=True,
        help="Whether there are enough comparable members to tell the chance.",
    )
    tier_loss_chance = fields.Float(
        string="Chance of Losing the Tier",
        readonly=True,
        aggregator="avg",
        help="0 to 1: the share of comparable members who bought less, in as many days,"
        " than this member lacks.",
    )
    tier_loss_on = fields.Date(
        string="Tier Ends on",
        readonly=True,
        help="The last day before the review that would take the tier: the promise and"
        " its days of grace are over by then.",
    )
    keeping_amount = fields.Monetary(
        string="Order That Keeps the Tier",
        readonly=True,
        help="One order of this amount by then keeps the tier, whatever is bought. 0:"
        " no single order does for certain.",
    )
    forecast_on = fields.Date(
        string="Since", readonly=True, help="The day on which the figures changed last."
    )
    salesperson_id = fields.Many2one(
        related="partner_id.user_id",
        string="Salesperson",
    )
    note = fields.Text(
        string="Why No Chance Is Known", compute="_compute_note", compute_sudo=True
    )

    _one_per_membership = models.UniqueIndex("(membership_id)")
    _one_per_customer = models.UniqueIndex("(company_id, partner_id)")
    _risk = models.Index("(company_id, return_chance)")
    _loss = models.Index("(company_id, tier_loss_on) WHERE has_tier_loss")

    @api.depends("has_return_chance", "partner_id")
    @api.depends_context("lang")
    def _compute_note(self):
        for forecast in self:
            forecast.note = not forecast.has_return_chance and forecast._say_note()

    def _say_note(self):
        """Return why there is no chance of another purchase, in one sentence."""
        self.ensure_one()
        program = self.membership_id.program_id
        model = program._find_return_model()
        if model.verdict == "used":
            return self.env._("There is no chance of another purchase without a first.")
        return program._say_forecast_state()
