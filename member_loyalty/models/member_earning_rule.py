from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic.point_earning import EarningRule
from ..logic.purchase_posting import exact

WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)


class MemberEarningRule(models.Model):
    """One way to earn points, or one reason why an order earns more of them."""

    _name = "member.earning.rule"
    _description = "Earning Rule"
    _inherit = [
        "member.number.guard",
        "member.cached",
        "member.earning.event",
        "member.earning.words",
    ]
    _order = "program_id, sequence, id"
    _check_company_auto = True

    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self._default_program_id(),
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="program_id.currency_id")
    name = fields.Char(
        required=True, translate=True, help="Members see it in their statement."
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        selection=[
            ("amount", "Amount of an order"),
            ("order", "Each order"),
            ("first_order", "First order"),
            ("multiplier", "Multiplier of what orders earn"),
            ("registration", "Becoming a member"),
            ("profile", "Profile completed"),
            ("birthday", "Birthday"),
            ("anniversary", "Anniversary of joining"),
            ("yearly_target", "Yearly target reached"),
            ("survey", "Survey answered"),
            ("referral", "Referral"),
            ("referred", "Being referred"),
            ("check_in", "Daily check-in"),
            ("review", "Product review"),
            ("sharing", "Sharing"),
        ],
        required=True,
        default="amount",
    )
    points = fields.Float(
        digits=(16, 2),
        default=1,
        help="Per step of the amount, per order, or for the event.",
    )
    amount_step = fields.Float(
        string="For Each",
        digits=(16, 2),
        default=1,
        help="Amount in the program's currency that earns the points once.",
    )
    factor = fields.Float(
        string="Times", digits=(16, 2), default=2, help="2 doubles what is earned."
    )
    target_amount = fields.Monetary(
        string="Yearly Target",
        help="Purchases in a calendar year that earn the points.",
    )
    minimum_amount = fields.Monetary(
        string="From Order Amount", help="Orders below it do not earn by this rule."
    )
    tier_ids = fields.Many2many(
        comodel_name="member.tier",
        string="Tiers",
        domain="[('program_id', '=', program_id)]",
        help="Empty: every tier.",
    )
    tag_ids = fields.Many2many(
        comodel_name="member.tag", string="Tags", help="Empty: with or without tags."
    )
    category_ids = fields.Many2many(
        comodel_name="product.category",
        string="Product Categories",
        help="With what is below them. Empty: every product.",
    )
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="To", help="Last day, included.")
    monday = fields.Boolean(default=True)
    tuesday = fields.Boolean(default=True)
    wednesday = fields.Boolean(default=True)
    thursday = fields.Boolean(default=True)
    friday = fields.Boolean(default=True)
    saturday = fields.Boolean(default=True)
    sunday = fields.Boolean(default=True)
    cap_period = fields.Selection(
        selection=[
            ("day", "a day"),
            ("month", "a month"),
            ("year", "a year"),
            ("ever", "ever"),
        ],
        string="Limit per Member",
        help="Empty: no limit.",
    )
    cap_points = fields.Float(
        string="At Most Points", digits=(16, 2), help="0: any number of points."
    )
    cap_times = fields.Integer(string="At Most Times", help="0: any number of times.")

    _program_kind = models.Index("(program_id, kind) WHERE active")

    @api.model
    def _default_program_id(self):
        return self.env["member.program"]._get_company_programs(self.env.company)[:1]

    @api.model
    def _get_weekday_fields(self):
        """Return the names of the fields for the days of the week, Monday first."""
        return list(WEEKDAYS)

    def _get_weekdays(self):
        """Return on which days of the week the rule holds; 0 is Monday."""
        self.ensure_one()
        return frozenset(number for number, day in enumerate(WEEKDAYS) if self[day])

    @api.constrains("points", "amount_step", "factor", "cap_points", "cap_times")
    def _check_amounts(self):
        for rule in self:
            if min(rule.points, rule.cap_points, rule.cap_times) < 0:
                raise ValidationError(
                    self.env._(
                        "The rule %(rule)s would take points away. Enter positive"
                        " numbers.",
                        rule=rule.name,
                    )
                )
            if rule.amount_step <= 0 or rule.factor <= 0:
                raise ValidationError(
                    self.env._(
                        "The rule %(rule)s needs an amount and a factor above zero.",
                        rule=rule.name,
                    )
                )

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        for rule in self:
            if rule.date_from and rule.date_to and rule.date_to < rule.date_from:
                raise ValidationError(
                    self.env._(
                        "The rule %(rule)s ends before it begins.", rule=rule.name
                    )
                )

    def _get_logic_rule(self):
        """Return the rule as ``EarningRule`` of ``logic``, categories with those below.

        :rtype: logic.point_earning.EarningRule
        """
        self.ensure_one()
        below = self.env["product.category"].search(
            [("id", "child_of", self.category_ids.ids)]
        )
        return EarningRule(
            self.id,
            self.kind,
            exact(self.points),
            exact(self.amount_step),
            exact(self.factor),
            exact(self.minimum_amount),
            frozenset(self.tier_ids.ids),
            frozenset(self.tag_ids.ids),
            frozenset(below.ids) if self.category_ids else frozenset(),
            self.date_from or None,
            self.date_to or None,
            frozenset(number for number, day in enumerate(WEEKDAYS) if self[day]),
        )
