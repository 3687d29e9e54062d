from odoo import models
from odoo.tools import format_date

from ..logic.notification import Notice
from ..logic.purchase_posting import exact


class MemberBenefitGiftNotice(models.AbstractModel):
    """What a member is told of a gift: in the manager's words, else in ours."""

    _name = "member.benefit.gift.notice"
    _description = "Message about a Gift"

    def _tell(self):
        """Tell members what they were given, each once, in their language."""
        for benefit, issues in self.grouped("benefit_id").items():
            for kind, of_kind in issues.grouped(
                MemberBenefitGiftNotice._get_notice_kind
            ).items():
                self.env["member.notification"]._notify(
                    kind,
                    [issue._get_notice() for issue in of_kind],
                    benefit.program_id,
                )

    def _get_notice_kind(self):
        """Return the kind of message: thanks, something given, or only a greeting."""
        self.ensure_one()
        if self.occasion == "first_order":
            return "first_order_thanks"
        return "greeting" if self.gives == "greeting" else "benefit_granted"

    def _get_notice(self):
        """Return what there is to tell of this gift."""
        self.ensure_one()
        benefit = self.benefit_id
        return Notice(
            self.partner_id.id,
            f"gift,{self.id}",
            {
                "benefit": self._say_benefit,
                "occasion": self._say_benefit,
                "text": self._say_text,
                "how": self._say_use,
                "document": self.order_id,
                "code": self.code or "",
                "until": self.expires_on or "",
                "points": self.points,
            },
            source=(self._name, self.id),
            title=self._say_title if benefit.gift_title else None,
            body=self._say_body if benefit.gift_text else None,
        )

    def _say_benefit(self, env):
        return self.with_env(env).sudo().benefit_id.name

    def _say_text(self, env):
        benefit = self.with_env(env).sudo().benefit_id
        return benefit.gift_text or benefit.member_text

    def _say_use(self, env):
        return self.with_env(env).sudo().benefit_id.usage_text

    def _say_title(self, env):
        return self.with_env(env).sudo().benefit_id.gift_title

    def _say_body(self, env):
        """Return the manager's words, and below what was given, unless they say it."""
        issue = self.with_env(env).sudo()
        words = issue.benefit_id.gift_text
        if "{code}" in words or not (gift := issue._say_gift()):
            return words
        return f"{words}\n\n{gift}"

    def _say_gift(self):
        """Return what was given, in the reader's language; nothing for a greeting."""
        self.ensure_one()
        if self.gives == "points":
            return self.env._(
                "You get %(points)s points.",
                points=f"{exact(self.points).normalize():f}",
            )
        if not self.card_id:
            return ""
        if not self.expires_on:
            return self.env._("Your coupon code: %(code)s.", code=self.code)
        return self.env._(
            "Your coupon code: %(code)s. It is good until %(until)s.",
            code=self.code,
            until=format_date(self.env, self.expires_on),
        )

    def _say_not_yours(self):
        """Return why somebody else cannot use the coupon; it names nobody."""
        return self.env._(
            "This coupon was given to another member, who alone can use it. Order in"
            " that member's name, or leave the coupon out."
        )
