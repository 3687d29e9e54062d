from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic.benefit_gift import DATED, MOST_DAYS_BEFORE
from .member_notification_names import ALWAYS, GIFT

OCCASIONS = [
    ("welcome", "Welcome: the member joined"),
    ("tier_reached", "A tier was reached"),
    ("birthday", "Birthday"),
    ("anniversary", "Anniversary of joining"),
    ("first_order", "First order: thanks, and an invitation to review"),
    ("brand_day", "Brand day or holiday"),
    ("referral", "Referral: the member referred another company"),
    ("referred", "Being referred: the member came by a referral"),
]
# whatever of these changes, gifts begin anew: the past is not made up for
BEGINNING = frozenset({"kind", "active", "gift_occasion"})


class MemberBenefitGift(models.AbstractModel):
    """A gift: on which occasion it is given, and what is given."""

    _name = "member.benefit.gift"
    _description = "Gift on an Occasion"

    gift_occasion = fields.Selection(
        selection=OCCASIONS, string="Occasion", tracking=True
    )
    gift_days_before = fields.Integer(
        string="Days Before",
        tracking=True,
        help="How many days before the day itself the gift is given. 0: on the day.",
    )
    gift_greets_on_day = fields.Boolean(
        string="Greet on the Day Too",
        help="What was given before comes with a greeting; another one is sent on the"
        " day itself.",
    )
    gift_day = fields.Date(
        string="Day", tracking=True, help="On which every member is given it."
    )
    gift_yearly = fields.Boolean(string="Every Year", default=True)
    gift_country_ids = fields.Many2many(
        comodel_name="res.country",
        relation="member_benefit_res_country_rel",
        column1="member_benefit_id",
        column2="res_country_id",
        string="Countries",
        copy=True,
        help="Only members in these countries. Empty: everywhere.",
    )
    gift_gives = fields.Selection(
        selection=[
            ("greeting", "A greeting only"),
            ("coupon", "A coupon"),
            ("points", "Points"),
        ],
        string="What Is Given",
        required=True,
        default="greeting",
        tracking=True,
    )
    gift_coupon_program_id = fields.Many2one(
        comodel_name="loyalty.program",
        string="Coupon",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="The coupon program that says what the coupon is worth. Each member gets"
        " a code of their own.",
    )
    gift_coupon_days = fields.Integer(
        string="Valid for Days",
        help="How many days after the occasion the coupon is good. 0: without an end.",
    )
    gift_points = fields.Float(string="Points", digits=(16, 2), tracking=True)
    gift_limit = fields.Integer(
        string="Limited to",
        tracking=True,
        help="How many of them there are in all. Who comes first has them. 0: no"
        " limit.",
    )
    gift_title = fields.Char(
        string="Title of the Greeting",
        translate=True,
        help="Empty: the words of this kind of message.",
    )
    gift_text = fields.Text(string="Text of the Greeting", translate=True)

    gift_since = fields.Date(
        string="Gives Since",
        readonly=True,
        copy=False,
        help="What happened before is no occasion for it.",
    )
    gift_done_until = fields.Date(string="Given until", readonly=True, copy=False)
    gift_movement = fields.Integer(readonly=True, copy=False, aggregator=None)
    gift_waits = fields.Boolean(compute="_compute_gift_waits")
    gift_count = fields.Integer(string="Gifts Given", compute="_compute_gift_count")

    _gift_days_before_possible = models.Constraint(
        f"CHECK(gift_days_before BETWEEN 0 AND {MOST_DAYS_BEFORE})",
        f"A gift comes 0 to {MOST_DAYS_BEFORE} days before the day. Enter a number of"
        " days in between.",
    )
    _gift_limit_not_negative = models.Constraint(
        "CHECK(gift_limit >= 0)",
        "There cannot be fewer than no gifts. Enter how many there are in all, or 0"
        " for no limit.",
    )
    _gift_coupon_days_not_negative = models.Constraint(
        "CHECK(gift_coupon_days >= 0)",
        "A coupon cannot end before it is given. Enter for how many days it is good,"
        " or 0 for no end.",
    )

    @api.depends("kind", "gift_gives", "gift_coupon_program_id.active")
    def _compute_gift_waits(self):
        for benefit in self:
            benefit.gift_waits = (
                benefit.kind == "gift" and not benefit._can_give_gifts()
            )

    def _compute_gift_count(self):
        groups = self.env["member.benefit.gift.issue"]._read_group(
            [("benefit_id", "in", self.ids), ("is_second", "=", False)],
            ["benefit_id"],
            ["__count"],
        )
        counts = {benefit.id: count for benefit, count in groups}
        for benefit in self:
            benefit.gift_count = counts.get(benefit.id, 0)

    @api.constrains("kind", "gift_occasion", "gift_day", "quota")
    def _check_gift_occasion(self):
        for benefit in self.filtered(lambda one: one.kind == "gift"):
            if not benefit.gift_occasion:
                raise ValidationError(
                    self.env._(
                        "Nobody would ever be given %(benefit)s. Choose the occasion.",
                        benefit=benefit.name,
                    )
                )
            if benefit.gift_occasion == "brand_day" and not benefit.gift_day:
                raise ValidationError(
                    self.env._(
                        "Enter the day on which members are given %(benefit)s.",
                        benefit=benefit.name,
                    )
                )
            if benefit.quota:
                raise ValidationError(
                    self.env._(
                        "%(benefit)s is given once on each occasion. Leave “Uses per"
                        " Member” at 0; “Limited to” says how many there are in all.",
                        benefit=benefit.name,
                    )
                )

    @api.constrains("kind", "gift_title", "gift_text")
    def _check_gift_words(self):
        known = (*ALWAYS, *GIFT)
        for benefit in self.filtered(lambda one: one.kind == "gift"):
            words = benefit.gift_title, benefit.gift_text
            self.env["member.notification.names"]._check_known(
                benefit.name, known, *words
            )

    @api.constrains(
        "kind", "gift_gives", "gift_coupon_program_id", "gift_points", "program_id"
    )
    def _check_gift_content(self):
        for benefit in self.filtered(lambda one: one.kind == "gift"):
            if benefit.gift_gives == "coupon":
                benefit._check_gift_coupon()
            if benefit.gift_gives == "points":
                benefit._check_gift_points()

    def _check_gift_coupon(self):
        """Let pass coupons that members can use.

        :raises ValidationError: for others
        """
        self.ensure_one()
        program = self.gift_coupon_program_id.sudo()
        if not program:
            raise ValidationError(
                self.env._(
                    "Choose the coupon that members are given by %(benefit)s, or make"
                    " one in its field.",
                    benefit=self.name,
                )
            )
        if program.program_type != "coupons":
            raise ValidationError(
                self.env._(
                    "%(program)s gives no coupons. Choose a program of the type"
                    " “Coupons”.",
                    program=program.name,
                )
            )
        if program.company_id and program.company_id != self.company_id:
            raise ValidationError(
                self.env._(
                    "The coupon %(program)s belongs to %(company)s. Choose one of the"
                    " program's own company, or of all companies.",
                    program=program.name,
                    company=program.company_id.name,
                )
            )

    def _check_gift_points(self):
        """Let pass points that the program can give.

        :raises ValidationError: for others
        """
        self.ensure_one()
        if not self.program_id.wallet_id:
            raise ValidationError(
                self.env._(
                    "%(program)s gives no points. Start its points first, or give"
                    " something else.",
                    program=self.program_id.name,
                )
            )
        if self.gift_points <= 0:
            raise ValidationError(
                self.env._(
                    "Enter how many points members are given by %(benefit)s: more than"
                    " 0.",
                    benefit=self.name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        benefits = super().create(vals_list)
        benefits._begin_gifts()
        return benefits

    def write(self, vals):
        """Begin anew where another occasion is chosen, or a gift comes back."""
        if BEGINNING.isdisjoint(vals):
            return super().write(vals)
        before = {benefit: benefit._get_gift_beginning() for benefit in self}
        result = super().write(vals)
        self.filtered(
            lambda one: one._get_gift_beginning() != before[one]
        )._begin_gifts()
        return result

    def _get_gift_beginning(self):
        """Return what, when it changes, makes gifts begin anew."""
        return self.kind == "gift", self.active, self.gift_occasion

    def _begin_gifts(self):
        """Give from today on: a benefit made today gives nothing for the past."""
        for benefit in self.filtered(lambda one: one.kind == "gift" and one.active):
            today = benefit.company_id._member_today()
            benefit.write(
                {"gift_since": today, "gift_done_until": today - timedelta(days=1)}
            )

    def _can_give_gifts(self):
        """Tell whether what is given is there to be given."""
        self.ensure_one()
        if self.gift_gives == "coupon":
            return self.gift_coupon_program_id.sudo().active
        if self.gift_gives == "points":
            return bool(self.program_id.sudo().wallet_id)
        return True

    def _is_gift_of_days(self):
        """Tell whether the gift is given on days, and not when something happens."""
        self.ensure_one()
        return self.kind == "gift" and self.gift_occasion in DATED

    def action_open_gifts(self):
        """Open the gifts that were given by this benefit."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_benefit_gift_issue_action"
        )
        return {**action, "domain": [("benefit_id", "=", self.id)]}
