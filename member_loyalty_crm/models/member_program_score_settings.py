from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.member_loyalty.logic.purchase_posting import exact

from ..logic.member_score import Settings, Weights

PARTS = ("recency", "frequency", "monetary", "tier", "points", "inquiries")
TIMES = (
    *("months", "new_days", "active_purchases", "rhythm_days", "rhythm_minimum"),
    *("warning_factor", "win_back_factor", "won_back_days"),
)
SETTING_FIELDS = (
    *(f"score_weight_{part}" for part in PARTS),
    *(f"score_{name}" for name in TIMES),
)


class MemberProgramScoreSettings(models.AbstractModel):
    """What counts for scores, and when a stage of life begins."""

    _name = "member.program.score.settings"
    _description = "Settings of Scores"

    score_weight_recency = fields.Integer(
        string="Weight of Recency", default=25, help="How lately the member bought."
    )
    score_weight_frequency = fields.Integer(
        string="Weight of Frequency", default=20, help="How often the member bought."
    )
    score_weight_monetary = fields.Integer(
        string="Weight of Monetary", default=25, help="For how much the member bought."
    )
    score_weight_tier = fields.Integer(
        string="Weight of Tier",
        default=15,
        help="From the lowest tier, which counts nothing, to the highest.",
    )
    score_weight_points = fields.Integer(
        string="Weight of Points", default=5, help="Usable points, against others'."
    )
    score_weight_inquiries = fields.Integer(
        string="Weight of Inquiries",
        default=10,
        help="Quality inquiries of the last twelve months, against others'.",
    )
    score_weight_summary = fields.Char(
        string="In Percent", compute="_compute_score_weight_summary"
    )
    score_months = fields.Integer(
        string="Months Compared",
        default=24,
        help="Purchases of these last months are compared between members.",
    )
    score_new_days = fields.Integer(
        string="New for Days",
        default=90,
        help="A customer is new for this many days from the first purchase.",
    )
    score_active_purchases = fields.Integer(
        string="Active from Purchases",
        default=3,
        help="Who has bought on fewer days than this is still growing.",
    )
    score_rhythm_days = fields.Integer(
        string="Rhythm until Known",
        default=90,
        help="Days between purchases of a member who has bought once.",
    )
    score_rhythm_minimum = fields.Integer(
        string="Shortest Rhythm",
        default=30,
        help="Members who buy more often are not watched more closely than this.",
    )
    score_warning_factor = fields.Float(
        string="Churn Warning after",
        digits=(6, 2),
        default=2,
        help="Times the member's own rhythm without a purchase.",
    )
    score_win_back_factor = fields.Float(
        string="To Win Back after",
        digits=(6, 2),
        default=4,
        help="Times the member's own rhythm without a purchase.",
    )
    score_won_back_days = fields.Integer(
        string="Won Back for Days",
        default=90,
        help="After the purchase of a member who had been one to win back.",
    )

    @api.depends(*(f"score_weight_{part}" for part in PARTS))
    @api.depends_context("lang")
    def _compute_score_weight_summary(self):
        names = self._get_score_part_names()
        for program in self:
            weights = program._get_score_settings().weights
            program.score_weight_summary = weights.total > 0 and " · ".join(
                f"{names[part]} {100 * getattr(weights, part) / weights.total:.0f} %"
                for part in PARTS
            )

    @api.model
    def _get_score_part_names(self):
        """Return what the parts of a score are called, in the reader's language."""
        return {
            "recency": self.env._("Recency"),
            "frequency": self.env._("Frequency"),
            "monetary": self.env._("Monetary"),
            "tier": self.env._("Tier"),
            "points": self.env._("Points"),
            "inquiries": self.env._("Inquiries"),
        }

    @api.constrains(*(f"score_weight_{part}" for part in PARTS))
    def _check_score_weights(self):
        for program in self:
            weights = [program[f"score_weight_{part}"] for part in PARTS]
            if min(weights) < 0 or max(weights) > 1000 or not sum(weights):
                raise ValidationError(
                    self.env._(
                        "Weights of scores are from 0 to 1,000, and at least one must"
                        " be above 0: with none, every score would be empty."
                    )
                )

    @api.constrains(*(f"score_{name}" for name in TIMES))
    def _check_score_times(self):
        for program in self:
            program._check_score_limits()
            if program.score_win_back_factor <= program.score_warning_factor:
                raise ValidationError(
                    self.env._(
                        "A member is warned about before it is one to win back: enter"
                        " more under “To Win Back after” than under “Churn Warning"
                        " after”."
                    )
                )

    def _check_score_limits(self):
        """Let numbers pass that make sense.

        :raises ValidationError: that names the field and what it takes
        """
        for name in TIMES:
            lowest = 1
            highest = {"months": 120, "active_purchases": 1000}.get(name, 3660)
            if name.endswith("_factor"):
                highest = 100
            field = self._fields[f"score_{name}"]
            if not lowest <= self[field.name] <= highest:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” must be from %(lowest)s to %(highest)s.",
                        field=field._description_string(self.env),
                        lowest=lowest,
                        highest=highest,
                    )
                )

    def _get_score_settings(self):
        """Return the settings as the pure :class:`Settings`."""
        self.ensure_one()
        factors = {"warning_factor", "win_back_factor"}
        return Settings(
            weights=Weights(*(self[f"score_weight_{part}"] for part in PARTS)),
            **{
                name: exact(round(self[f"score_{name}"], 2))
                if name in factors
                else self[f"score_{name}"]
                for name in TIMES
            },
        )
