from odoo import fields, models

from ..logic.notification import Notice
from ..logic.windows import next_day_of_month
from ..queries import tier_falls
from ..queries.execution import execute_quietly

WARNINGS_AT_ONCE = 5000


class MemberProgramWarning(models.AbstractModel):
    """Members who would fall are told in time, with what is missing."""

    _name = "member.program.warning"
    _description = "Warnings of a Program"

    def _warn_members(self, today):
        """Warn whoever would fall at a review within the program's days of warning.

        Each member is warned once for each promise that ends. A warning and its mail
        are one transaction: neither is there without the other.
        """
        self.ensure_one()
        for review in self._get_reviews_to_warn_of(today):
            while count := self.env["member.batch"]._run_batch(
                lambda review=review: self._warn_next_members(today, review)
            ):
                self.env["ir.cron"]._commit_progress(count)

    def _warn_next_members(self, today, review):
        """Warn the next members who would fall at a review; return how many."""
        rows = execute_quietly(
            self.env,
            tier_falls.warn(
                self.env,
                self._prepare_evaluation(review, may_fall=True),
                today,
                fields.Date.subtract(today, days=self.grace_days + 31),
                WARNINGS_AT_ONCE,
            ),
        )
        if rows:
            self.env["member.membership"].invalidate_model(["warned_for"])
            self._mail_warnings([decision_id for (decision_id,) in rows])
        return len(rows)

    def _get_reviews_to_warn_of(self, today):
        """Return the coming reviews of which members are warned today."""
        self.ensure_one()
        last = fields.Date.add(today, days=self.warn_days)
        reviews = []
        review = self.next_fall_on
        may_warn = self.warn_days and review and self._get_tiers()
        while may_warn and today < review <= last:
            reviews.append(review)
            review = next_day_of_month(review, self.fall_day)
        return reviews

    def _mail_warnings(self, decision_ids):
        """Tell members what is missing, in their language; mails are queued."""
        self.ensure_one()
        decisions = self.env["member.tier.decision"].sudo().browse(decision_ids)
        self.env["member.notification"]._notify(
            "tier_warning",
            [
                Notice(
                    decision.partner_id.id,
                    f"decision,{decision.id}",
                    {
                        "tier": decision.from_tier_id,
                        "next_tier": decision.to_tier_id,
                        "explanation": decision._say_to_member,
                        "day": decision.due_on,
                    },
                    source=(decision._name, decision.id),
                )
                for decision in decisions
            ],
            self,
        )
