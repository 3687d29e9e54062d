from functools import partial

from odoo import fields, models
from odoo.tools.misc import formatLang

DAYS_AHEAD = 30


class MemberNotificationSamples(models.AbstractModel):
    """What a preview puts for the names in a text: what is known, or an example."""

    _name = "member.notification.samples"
    _description = "Examples for Messages"

    def _get_samples(self):
        """Return a value for each name. Seam: a module adds those of its own names."""
        membership = self.membership_id.sudo()
        return {
            **self._get_tier_samples(membership),
            **self._get_point_samples(membership),
            **self._get_benefit_samples(membership),
            **self._get_appeal_samples(membership),
        }

    def _get_tier_samples(self, membership):
        tiers = membership.program_id._get_tiers()
        others = tiers - membership.tier_id
        decision = membership.decision_ids[:1]
        told = self.env["member.follow.up"].sudo()
        return {
            "tier": membership.tier_id,
            "former": others[:1],
            "next_tier": others[:1],
            "until": membership.valid_until or self._get_sample_day(),
            "day": self._get_sample_day(),
            "benefits": partial(told._say_benefits, membership, membership.tier_id),
            "explanation": decision._say_to_member if decision else "",
        }

    def _get_point_samples(self, membership):
        program, told = membership.program_id, self.env["member.follow.up"].sudo()
        if not program.wallet_id:
            words = self.env._("500 points")
            return {"points": words, "balance": words, "document": "S00042"}
        card = self.env["loyalty.card"]._get_member_wallet(
            program, membership.partner_id
        ) or self.env["loyalty.card"].sudo().new(
            {"program_id": program.wallet_id.id, "points": 500}
        )
        rewards = {
            reward: reward._get_member_price(membership.tier_id)
            for reward in program.wallet_id.reward_ids
        }
        return {
            "points": partial(told._say_points, card, 500),
            "balance": partial(told._say_points, card, card.points),
            "rewards": partial(told._say_rewards, card, rewards),
            "document": "S00042",
        }

    def _get_benefit_samples(self, membership):
        offers = self.env["member.benefit"]._get_offers(membership.program_id.id)
        benefit = self.env["member.benefit"].sudo().browse(
            [offer.benefit_id for offer in offers[:1]]
        )
        return {
            "benefit": benefit or self.env._("Free sample"),
            "text": lambda env: benefit.with_env(env).member_text,
            "how": lambda env: benefit.with_env(env).usage_text,
            "code": "044e-77d8-4d8a",
            "left": "1",
            "occasion": self.env._("your birthday"),
        }

    def _get_appeal_samples(self, membership):
        def say(amount):
            return lambda env: formatLang(
                env, amount, currency_obj=membership.currency_id
            )

        return {
            "number": "APL00042",
            "promised": say(5000),
            "bought": say(3000),
            "missing": say(2000),
            "deadline": self._get_sample_day(),
            "reason": self.env._("The plan names no quantities."),
            "held": membership.tier_id,
        }

    def _get_sample_day(self):
        today = self.membership_id.sudo().company_id._member_today()
        return fields.Date.add(today, days=DAYS_AHEAD)

    def _get_source_domains(self, partner):
        """Return what finds a member's records that mails are written on, by model.

        Seam: a module adds those of its own kinds.
        """
        program = self.membership_id.sudo().program_id
        return {
            "member.tier.decision": [
                ("membership_id", "=", self.membership_id.id),
                ("event", "=", "warned"),
            ],
            "member.point.warning": [
                ("card_id.member_owner_id", "=", partner.id),
                ("program_id", "=", program.id),
            ],
            "member.tier.appeal": [("membership_id", "=", self.membership_id.id)],
        }
