from babel.dates import get_month_names

from odoo import api, fields, models
from odoo.tools.misc import babel_locale_parse

from ..logic.tier_qualification import FallPolicy
from ..logic.tier_term import Term
from ..logic.windows import next_day_of_month


class MemberProgramMovement(models.AbstractModel):
    """How members of a program rise and fall: promises, grace, warnings, limits."""

    _name = "member.program.movement"
    _description = "Rise and Fall in a Program"

    automatic = fields.Boolean(
        string="Adjust Tiers Automatically",
        default=True,
        tracking=True,
        help="Without it nobody rises or falls by their figures; tiers are given by"
        " hand only.",
    )
    fall_day = fields.Integer(
        string="Review on Day",
        default=1,
        tracking=True,
        help="The day of each month (1 to 28) on which members can fall to a lower"
        " tier. Members rise at once, on the order that takes them there.",
    )
    next_fall_on = fields.Date(
        string="Next Review",
        default=lambda self: self._default_next_fall_on(),
        copy=False,
        help="The review that is due next. A review that was missed is caught up.",
    )
    term_type = fields.Selection(
        selection=[
            ("months", "From the day it was reached"),
            ("rolling", "From the last day on which the figures gave it"),
            ("calendar", "Until the end of a month of the year"),
            ("anniversary", "Until the anniversary of joining"),
        ],
        string="A Tier Is Promised",
        required=True,
        default="months",
        tracking=True,
        help="A member does not fall while a tier is promised. Whoever qualifies at the"
        " review after that is promised the tier anew.",
    )
    term_months = fields.Integer(
        string="Keep a Tier for",
        default=0,
        tracking=True,
        help="Months for which a tier is promised once reached. 0 promises it until"
        " the next monthly review.",
    )
    term_end_month = fields.Selection(
        selection="_selection_month",
        string="Until the End of",
        default="12",
        tracking=True,
        help="The month at whose end promises end.",
    )
    fall_policy = fields.Selection(
        selection=[
            ("figures", "To the tier that the figures give"),
            ("one_rung", "One tier down"),
        ],
        string="Members Fall",
        required=True,
        default="figures",
        tracking=True,
    )
    grace_days = fields.Integer(
        string="Days of Grace",
        default=0,
        tracking=True,
        help="Days after the end of the promise for which a tier is still kept. The"
        " fall comes at the first review after that.",
    )
    warn_days = fields.Integer(
        string="Warn before a Fall",
        default=0,
        tracking=True,
        help="How many days before the review members are warned who would fall if"
        " they bought nothing more. 0 warns nobody.",
    )
    warn_by_mail = fields.Boolean(
        string="Send the Warning by Mail",
        default=True,
        help="The mail says what is missing, in the member's language.",
    )
    fall_limit_percent = fields.Float(
        string="Stop When More Would Fall Than",
        default=30,
        digits=(5, 2),
        tracking=True,
        help="A review that would lower more than this share (percent) of the members"
        " above the starting tier stops, writes nothing, and asks a manager. 0 never"
        " stops.",
    )
    fall_limit_count = fields.Integer(
        string="But Not for Fewer Than",
        default=10,
        help="So few members may fall without anybody being asked.",
    )

    _fall_day_in_every_month = models.Constraint(
        "CHECK(fall_day BETWEEN 1 AND 28)",
        "The review day must be from 1 to 28, so that every month has it.",
    )
    _term_not_negative = models.Constraint(
        "CHECK(term_months >= 0)",
        "The months for which a tier is kept cannot be negative. Enter 0 to check"
        " members at every monthly review.",
    )
    _rolling_term_has_months = models.Constraint(
        "CHECK(term_type != 'rolling' OR term_months > 0)",
        "A promise that rolls needs a number of months. Enter for how many months a"
        " tier is kept after the last day on which the figures gave it.",
    )
    _days_not_negative = models.Constraint(
        "CHECK(grace_days >= 0 AND warn_days >= 0 AND fall_limit_count >= 0)",
        "Days and numbers cannot be negative. Enter 0 for none.",
    )
    _fall_limit_is_a_share = models.Constraint(
        "CHECK(fall_limit_percent BETWEEN 0 AND 100)",
        "The share of members that may fall must be from 0 to 100 percent.",
    )

    @api.model
    def _default_next_fall_on(self):
        return next_day_of_month(self.env.company._member_today(), 1)

    @api.model
    def _selection_month(self):
        """Return the months of the year by name, in the user's language."""
        names = get_month_names("wide", locale=babel_locale_parse(self.env.lang))
        return [(str(month), names[month]) for month in range(1, 13)]

    def _prepare_term(self):
        """Return how long a tier is promised, as the pure :class:`Term`."""
        self.ensure_one()
        return Term(
            self.term_type, self.term_months, self.fall_day, int(self.term_end_month)
        )

    def _prepare_fall_policy(self):
        """Return how members fall, as the pure :class:`FallPolicy`."""
        self.ensure_one()
        return FallPolicy(self.fall_policy == "one_rung", self.grace_days)

    def _plan_next_review(self):
        """Set the next review to the coming review day of each program."""
        for program in self:
            program.next_fall_on = next_day_of_month(
                program.company_id._member_today(), program.fall_day
            )

    def _start_afresh(self):
        """Let the adjustment begin again today; what was missed is not caught up."""
        for program in self:
            today = program.company_id._member_today()
            if program.evaluated_until:
                program.evaluated_until = fields.Date.subtract(today, days=1)
        self._plan_next_review()

    def _get_fall_limit(self):
        """Return how many members may fall in one run; None for any number."""
        self.ensure_one()
        if not self.fall_limit_percent:
            return None
        above = self.env["member.membership"].search_count(
            [("program_id", "=", self.id), ("tier_id", "!=", self._get_tiers()[:1].id)]
        )
        return max(int(above * self.fall_limit_percent / 100), self.fall_limit_count)
