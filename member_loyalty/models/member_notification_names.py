from odoo import api, models
from odoo.exceptions import ValidationError

from ..logic import notification_text as texts

ALWAYS = ("member", "program", "company")
APPEAL = ("number", "tier", "until", "promised")
# in the words of a gift, on whatever occasion
GIFT = ("benefit", "occasion", "text", "how", "document", "code", "until", "points")
NAMES = {
    "joined": ("tier", "benefits"),
    "tier_up": ("tier", "former", "benefits", "until", "explanation"),
    "tier_warning": ("tier", "next_tier", "explanation", "day"),
    "tier_down": ("tier", "former", "benefits", "explanation"),
    "points_earned": ("points", "balance", "document", "day"),
    "points_available": ("points", "balance", "document"),
    "points_expiring": ("points", "balance", "day", "rewards"),
    "points_expired": ("points", "balance"),
    "reward_redeemable": ("rewards", "balance"),
    "benefit_granted": ("benefit", "text", "how", "code", "left", "until"),
    "benefit_expiring": ("benefit", "text", "how", "code", "left", "until"),
    "benefit_used": ("benefit", "left", "document"),
    "appeal_submitted": (*APPEAL, "deadline"),
    "appeal_granted": APPEAL,
    "appeal_refused": (*APPEAL, "reason", "held"),
    "appeal_kept": (*APPEAL, "bought"),
    "appeal_missed": (*APPEAL, "bought", "missing"),
    "greeting": ("occasion", "text", "code", "until"),
    "referral_rewarded": ("points", "code", "until", "day"),
    "referred_rewarded": ("points", "code", "until", "document"),
    "referral_refused": ("reason", "day"),
    "first_order_thanks": ("document", "text", "code", "until"),
}


class MemberNotificationNames(models.AbstractModel):
    """What the texts of messages can name, and what each name stands for."""

    _name = "member.notification.names"
    _description = "Names in Messages"

    @api.model
    def _get_names(self, code):
        """Return what the texts of a kind of message can name.

        Seam: a module adds its own kinds, or names to ours.
        """
        return (*ALWAYS, *NAMES.get(code, ()))

    @api.model
    def _get_meanings(self):
        """Return what each name stands for. Seam: as for ``_get_names``."""
        return {
            "member": self.env._("the member's name"),
            "program": self.env._("the name of the program"),
            "company": self.env._("your company"),
            "tier": self.env._("the tier that it is about"),
            "former": self.env._("the tier before"),
            "next_tier": self.env._("the tier after the fall"),
            "benefits": self.env._("the list of what the member has in the tier"),
            "explanation": self.env._("what decided, or what is missing"),
            "day": self.env._("the day that counts"),
            "until": self.env._("the last day"),
            "points": self.env._("how many points"),
            "balance": self.env._("all points that can be used"),
            "document": self.env._("the order behind it"),
            "rewards": self.env._("the list of rewards, with their prices"),
            "benefit": self.env._("the name of the benefit"),
            "text": self.env._("what the benefit or the occasion says to members"),
            "how": self.env._("how to use the benefit"),
            "code": self.env._("the code of a coupon"),
            "left": self.env._("how often it can still be used"),
            "number": self.env._("the number of the appeal"),
            "promised": self.env._("the amount that was promised"),
            "bought": self.env._("the amount that was bought"),
            "missing": self.env._("the amount that is missing"),
            "deadline": self.env._("the day by which you decide"),
            "reason": self.env._("the reason that you gave"),
            "held": self.env._("the tier that the member keeps"),
            "occasion": self.env._("what there is to celebrate"),
        }

    @api.model
    def _check_known(self, title, known, *words):
        """Let pass texts that name only what is known.

        :param str title: what the texts belong to
        :param known: the names
        :raises ValidationError: for others: members would read them as they are
        """
        for text in words:
            for unknown in texts.find_unknown(text, known):
                raise ValidationError(
                    self.env._(
                        "Nobody knows what to put for {%(unknown)s} in “%(kind)s”. It"
                        " can name %(known)s.",
                        unknown=unknown,
                        kind=title,
                        known=", ".join(f"{{{name}}}" for name in known),
                    )
                )

    @api.model
    def _get_models(self, code):
        """Return the models on whose records the mails of a kind can be written.

        Seam: a module adds those of its own kinds.
        """
        if code.startswith("appeal_"):
            return ("member.notification", "member.tier.appeal")
        own = {
            "tier_warning": "member.tier.decision",
            "points_expiring": "member.point.warning",
        }
        return (
            ("member.notification", own[code])
            if code in own
            else ("member.notification",)
        )
