from odoo import models
from odoo.tools.misc import formatLang


class MemberSignalRuleWords(models.AbstractModel):
    """What a rule of signals looks for, in one sentence."""

    _name = "member.signal.rule.words"
    _description = "Words of a Signal Rule"

    def _get_sentence(self):
        """Return what the rule looks for, and in whom."""
        self.ensure_one()
        say = getattr(self, f"_say_{self.kind}", None)
        if not say:
            return ""
        parts = {
            "months": self.months,
            "until": self.until_months,
            "days": self.days,
            "percent": formatLang(self.env, self.percent, digits=0),
            "times": self.times,
            "inquiries": self.inquiry_times,
            "amount": formatLang(
                self.env, self.minimum_amount, currency_obj=self.currency_id
            ),
        }
        sentence = say(parts)
        if self.tier_ids:
            sentence = self.env._(
                "%(rule)s (only %(tiers)s)",
                rule=sentence,
                tiers=", ".join(self.tier_ids.mapped("name")),
            )
        if self.minimum_score:
            sentence = self.env._(
                "%(rule)s, from a value score of %(score)s",
                rule=sentence,
                score=self.minimum_score,
            )
        return sentence

    def _say_silent(self, parts):
        return self.env._(
            "No order and no inquiry for %(months)s months, but not for %(until)s",
            **parts,
        )

    def _say_overdue(self, parts):
        return self.env._(
            "Waits longer than %(percent)s %% of the days that usually lie between two"
            " purchases",
            **parts,
        )

    def _say_falling(self, parts):
        if self.minimum_amount:
            return self.env._(
                "Bought for %(percent)s %% less in the last %(months)s months than in"
                " those before, which came to %(amount)s at least",
                **parts,
            )
        return self.env._(
            "Bought for %(percent)s %% less in the last %(months)s months than in"
            " those before",
            **parts,
        )

    def _say_lost_quotation(self, parts):
        if self.minimum_amount:
            return self.env._(
                "Lost a quotation or opportunity of %(amount)s or more in the last"
                " %(days)s days, and bought nothing since",
                **parts,
            )
        return self.env._(
            "Lost a quotation or opportunity in the last %(days)s days, and bought"
            " nothing since",
            **parts,
        )

    def _say_complaint(self, parts):
        return self.env._("A complaint in the last %(days)s days", **parts)

    def _say_returned(self, parts):
        return self.env._(
            "Gave back %(percent)s %% or more of what was bought in the last"
            " %(months)s months",
            **parts,
        )

    def _say_leaving(self, parts):
        return self.env._(
            "Buys again with a chance of less than %(percent)s %%", **parts
        )

    def _say_tier_loss(self, parts):
        return self.env._(
            "Loses the tier within %(days)s days, with a chance of %(percent)s %% or"
            " more",
            **parts,
        )

    def _say_demand(self, parts):
        return self.env._(
            "Viewed a category %(times)s times or asked for it %(inquiries)s times in"
            " the last %(months)s months, and ordered none of it",
            **parts,
        )

    def _say_unused_benefit(self, parts):
        return self.env._(
            "Has a benefit or coupon left that ends within %(days)s days", **parts
        )
