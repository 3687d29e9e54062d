from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MemberProgramPoints(models.AbstractModel):
    """What a program says about points: whose they are, how they come and go."""

    _name = "member.program.points"
    _description = "Points of a Program"

    wallet_id = fields.Many2one(
        comodel_name="loyalty.program",
        string="Points Program",
        domain="[('program_type', '=', 'loyalty')]",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="Odoo's loyalty program that keeps the points and offers the rewards.",
    )
    purse = fields.Selection(
        selection=[
            ("company", "The company, shared by its contacts"),
            ("contact", "Each contact alone"),
        ],
        string="Who Holds the Points",
        required=True,
        default="company",
    )
    purse_spenders = fields.Selection(
        selection=[
            ("everybody", "Every contact of the company"),
            ("chosen", "Only contacts who are allowed to"),
        ],
        string="Who May Spend",
        required=True,
        default="everybody",
    )
    earning_rule_ids = fields.One2many(
        comodel_name="member.earning.rule", inverse_name="program_id"
    )
    points_base_taxed = fields.Boolean(
        string="Count Taxes", help="Points on amounts with tax instead of without."
    )
    points_base_delivery = fields.Boolean(
        string="Count Delivery", help="Points on delivery costs too."
    )
    points_base_rewards = fields.Boolean(
        string="Count What Rewards Pay",
        help="Points also on the part of an order that rewards or points paid.",
    )
    points_rounding = fields.Selection(
        selection=[
            ("whole_down", "Down to whole points"),
            ("whole_nearest", "To the nearest whole point"),
            ("hundredth_down", "Down to hundredths"),
        ],
        string="Rounding of Points",
        required=True,
        default="whole_down",
    )
    multiplier_policy = fields.Selection(
        selection=[
            ("highest", "Only the highest counts"),
            ("together", "They multiply each other"),
        ],
        string="Several Multipliers",
        required=True,
        default="highest",
    )
    points_available = fields.Selection(
        selection=[
            ("confirmed", "At once, when the order is confirmed"),
            ("paid", "When the invoices are paid"),
            ("invoiced", "Some days after the invoice"),
            ("delivered", "Some days after the delivery"),
        ],
        string="Points Become Available",
        required=True,
        default="confirmed",
    )
    points_available_days = fields.Integer(string="Days until Available", default=14)
    points_expiry = fields.Selection(
        selection=[
            ("never", "Never"),
            ("months", "Months after they were earned"),
            ("year_end", "At the end of a year"),
            ("inactivity", "After months without activity"),
        ],
        string="Points Expire",
        required=True,
        default="never",
    )
    points_expiry_months = fields.Integer(string="Months until Expiry", default=12)
    points_expiry_month_end = fields.Boolean(string="At the End of the Month")
    points_expiry_years = fields.Integer(
        string="Years until Expiry",
        default=1,
        help="0: the end of the year they were earned in; 1: of the next one.",
    )
    points_warning_days = fields.Char(
        string="Warn Before Expiry",
        default="30, 7",
        help="Days before points expire on which members are told, with commas.",
    )

    @api.constrains("purse")
    def _check_purse_is_empty(self):
        for program in self:
            family = "parent_id" if program.purse == "company" else "child_ids"
            stranded = [
                ("program_id", "=", program.wallet_id.id),
                (f"member_owner_id.{family}", "!=", False),
                ("points", ">", 0),
            ]
            cards = self.env["loyalty.card"].sudo()
            if program.wallet_id and cards.search_count(stranded, limit=1):
                raise ValidationError(
                    self.env._(
                        "There are points in purses of the other kind in %(program)s."
                        " Nobody could spend them any more: keep who holds the points.",
                        program=program.name,
                    )
                )
