from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from odoo.addons.member_loyalty.logic.windows import next_day_of_month

from ..logic.return_model import CutOff
from ..logic.tier_keeping import Year, find_spans, learn
from ..queries import tier_loss
from ..queries.return_features import Sample
from ..queries.tier_keeping import Review

DAYS_AHEAD = 366
TO_COMPARE_WITH = Sample(5000)


class MemberProgramTierLoss(models.AbstractModel):
    """Who will lose the tier at a coming review, and which order would keep it."""

    _name = "member.program.tier.loss"
    _description = "Losses of Tiers in a Program"

    def _refresh_tier_losses(self, day):
        """Forecast the losses of the reviews of the coming year, review by review.

        Each member is judged by the first review after the promise and its grace. An
        order counts for certain until the day before.
        """
        self.ensure_one()
        ends_from = None
        for review in self._get_coming_reviews(day):
            if self._judges_somebody(review, ends_from):
                self.env.execute_query(
                    tier_loss.forecast_losses(
                        self.env, self._prepare_review(review, day, ends_from)
                    )
                )
            ends_from = review
        self.env.execute_query(
            tier_loss.forget_losses(self.env, self._get_company().id, day, ends_from)
        )

    def _get_coming_reviews(self, day):
        """Return the days of the coming reviews, none when nobody ever falls."""
        self.ensure_one()
        if not (self.automatic and self.next_fall_on and len(self._get_tiers()) > 1):
            return []
        last = day + timedelta(days=DAYS_AHEAD)
        # one that is due or waits for a manager is held tomorrow at the earliest
        review = max(self.next_fall_on, day + timedelta(days=1))
        reviews = []
        while review <= last:
            reviews.append(review)
            review = next_day_of_month(review, self.fall_day)
        return reviews

    def _judges_somebody(self, review, ends_from):
        """Tell whether some promise ends before a review, and not before ``ends_from``.

        :param date ends_from: the review before, None for the first one
        """
        grace = timedelta(days=self.grace_days)
        domain = Domain("program_id", "=", self.id)
        domain &= Domain("tier_id", "!=", self._get_tiers()[:1].id)
        ends = Domain("valid_until", "<", review - grace)
        if ends_from:
            ends &= Domain("valid_until", ">=", ends_from - grace)
        else:
            ends |= Domain("valid_until", "=", False)
        memberships = self.env["member.membership"].sudo()
        return bool(memberships.search_count(domain & ends, limit=1))

    def _prepare_review(self, review, day, ends_from):
        """Return everything a forecast of losses needs to know, as ``Review``.

        Members are compared with what others bought in spans that are over and as
        long as the one until the review.
        """
        days = max(1, (review - day).days - 1)
        first = self._find_first_purchase() or day
        rows = [
            row
            for start in find_spans(first, day, days)
            for row in self._get_example_rows(CutOff(start, days), TO_COMPARE_WITH)
        ]
        histories = [
            (
                Year(float(year_orders), float(year_amount)),
                float(later_orders),
                float(later_amount),
            )
            for *_past, later_orders, later_amount, year_orders, year_amount in rows
        ]
        return Review(
            evaluation=self._prepare_evaluation(review, may_fall=True),
            today=day,
            ends_from=ends_from,
            reference=learn(histories, days),
            rounding=self._get_company().currency_id.rounding,
        )
