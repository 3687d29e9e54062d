from datetime import date

from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.member_loyalty.logic.purchase_posting import exact

from ..logic.member_score import Levels, Weights, shares
from ..logic.score_fifths import FIFTHS, share_below


class MemberScoreExplanation(models.AbstractModel):
    """Why a score is what it is, in sentences and in parts that add up.

    Told by the settings that the score was worked out with, even where they have
    changed since.
    """

    _name = "member.score.explanation"
    _description = "Explanation of a Score"

    explanation = fields.Html(
        string="Why", compute="_compute_explanation", sanitize=False
    )

    @api.depends("value_score", "scored_on", "program_id.score_basis")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for score in self:
            score.explanation = self.env["ir.qweb"]._render(
                "member_loyalty_crm.member_score_explanation",
                {"score": score, **score._explain_score()},
            )

    def action_explain(self):
        """Show why the score is what it is, in a window of its own."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why This Score"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [
                (
                    self.env.ref(
                        "member_loyalty_crm.member_score_explanation_view_form"
                    ).id,
                    "form",
                )
            ],
            "target": "new",
        }

    def _explain_score(self):
        """Explain the score in the reader's language.

        :return: ``sentences``, a list of strings; and ``parts``, a list of dicts with
            ``part`` (recency, frequency, monetary, tier, points, inquiries),
            ``label``, ``level`` of ``levels``, and the ``points`` of at most
            ``highest`` that it gave; the points add up to the score, but for rounding
        """
        self.ensure_one()
        sentences = [
            *self._say_purchases(),
            *self._say_rhythm(),
            self._say_stage(),
            *self._say_worth(),
        ]
        return {
            "sentences": [sentence for sentence in sentences if sentence],
            "parts": self._get_score_parts(),
        }

    def _get_score_basis(self):
        return self.sudo().membership_id.program_id.score_basis or {}

    def _get_score_parts(self):
        """Return what each part gave, by the weights of the day of scoring."""
        basis = self._get_score_basis()
        settings = basis.get("settings")
        if not settings:
            return []
        weights = Weights(
            *(settings[f"score_weight_{part}"] for part in Weights.__slots__)
        )
        levels = Levels(
            self.recency,
            self.frequency,
            self.monetary,
            self.tier_rank,
            self.points_level,
            self.inquiry_level,
        )
        names = self.env["member.program"]._get_score_part_names()
        return [
            {
                "part": share.part,
                "label": names[share.part],
                "level": getattr(levels, share.part),
                "levels": basis["top_rank"] if share.part == "tier" else FIFTHS,
                "points": share.points,
                "highest": share.highest,
            }
            for share in shares(levels, weights, basis["top_rank"])
        ]

    def _say_purchases(self):
        """Say when, how often and for how much the member bought, against others."""
        if not self.last_purchase_on:
            return [self.env._("Has not bought anything yet.")]
        basis = self._get_score_basis()
        last = format_date(self.env, self.last_purchase_on)
        first_day = date.fromisoformat(basis.get("first_day") or "0001-01-01")
        if self.last_purchase_on < first_day:
            return [
                self.env._(
                    "Last bought on %(day)s, before the %(months)s months that are"
                    " compared.",
                    day=last,
                    months=basis["settings"]["score_months"],
                )
            ]
        return [
            self._say_recency(last),
            self._say_frequency(),
            self._say_monetary(),
        ]

    def _say_recency(self, last):
        share = self._get_share_below("recency", self.last_purchase_on.isoformat())
        if not share:
            return self.env._("Last bought on %(day)s.", day=last)
        return self.env._(
            "Last bought on %(day)s, later than at least %(share)s %% of the customers"
            " compared.",
            day=last,
            share=share,
        )

    def _say_frequency(self):
        share = self._get_share_below("frequency", self.order_count)
        if not share:
            return self.env._("Orders: %(count)s.", count=self.order_count)
        return self.env._(
            "Orders: %(count)s, more than at least %(share)s %% of the customers"
            " compared.",
            count=self.order_count,
            share=share,
        )

    def _say_monetary(self):
        share = self._get_share_below("monetary", exact(self.amount))
        amount = self.currency_id.format(self.amount)
        if not share:
            return self.env._("Purchases: %(amount)s.", amount=amount)
        return self.env._(
            "Purchases: %(amount)s, more than at least %(share)s %% of the customers"
            " compared.",
            amount=amount,
            share=share,
        )

    def _get_share_below(self, part, value):
        """Return how many percent of those compared are at least below a figure."""
        cuts = (self._get_score_basis().get("cuts") or {}).get(part) or []
        if part == "monetary":
            cuts = [exact(cut) for cut in cuts]
        return share_below(value, cuts)

    def _say_rhythm(self):
        if not self.interval_days:
            return []
        return [
            self.env._(
                "Buys every %(days)s days, typically; the next purchase is expected on"
                " %(day)s.",
                days=self.interval_days,
                day=format_date(self.env, self.next_expected_on),
            )
        ]

    def _say_stage(self):
        """Say why the member stands in its stage of life."""
        settings = self._get_score_basis().get("settings") or {}
        say = {
            "registered": lambda **_values: "",
            "new": lambda **values: self.env._(
                "New: the first purchase was on %(first)s.", **values
            ),
            "growing": lambda **values: self.env._(
                "Growing: has bought on fewer than %(purchases)s days so far.", **values
            ),
            "active": lambda **values: self.env._(
                "Active: buys in the usual rhythm.", **values
            ),
            "churn_warning": lambda **values: self.env._(
                "Churn warning: silent for more than %(warning)g times the usual"
                " rhythm.",
                **values,
            ),
            "win_back": lambda **values: self.env._(
                "To win back: silent for more than %(win_back)g times the usual"
                " rhythm.",
                **values,
            ),
            "won_back": lambda **values: self.env._(
                "Won back: bought again after a silence of more than %(win_back)g times"
                " the rhythm known then.",
                **values,
            ),
        }.get(self.stage)
        return say and say(
            first=format_date(self.env, self.first_purchase_on),
            purchases=settings.get("score_active_purchases", 0),
            warning=settings.get("score_warning_factor", 0),
            win_back=settings.get("score_win_back_factor", 0),
        )

    def _say_worth(self):
        if not self.last_purchase_on:
            return []
        return [
            self.env._(
                "Has bought for %(amount)s since the first day. Less benefits used and"
                " points still open: %(contribution)s.",
                amount=self.currency_id.format(self.lifetime_value),
                contribution=self.currency_id.format(self.contribution),
            )
        ]
