from collections import defaultdict
from functools import partial

from odoo import api, models

from ..logic import notification_moves as moves
from ..logic.benefit_entitlement import Holder, is_entitled
from ..logic.notification import Notice


class MemberFollowUpMoves(models.AbstractModel):
    """Members are told that they joined, rose or fell."""

    _name = "member.follow.up.moves"
    _description = "Telling of Moves"

    @api.model
    def _tell_moves(self, decisions):
        """Tell members of decisions, where their program tells them things."""
        for program, decided in decisions.grouped("program_id").items():
            if not program._tells_members():
                continue
            notices = defaultdict(list)
            ranks = {tier.id: rank for rank, tier in enumerate(program._get_tiers())}
            for decision in decided.filtered("membership_id.active"):
                if kind := moves.message(self._get_move(decision, ranks)):
                    notices[kind].append(self._prepare_move_notice(decision))
            for kind, found in notices.items():
                self.env["member.notification"]._notify(kind, found, program)

    @api.model
    def _get_move(self, decision, ranks):
        """Return what has to be known of a decision, as ``Move``."""
        membership, company = decision.membership_id, decision.company_id
        decided_on = company._get_member_day(decision.create_date)
        joining, former = self._get_joining(membership), decision.from_tier_id
        return moves.Move(
            decision.event,
            ranks.get(former.id, -1) if former else None,
            ranks.get(decision.to_tier_id.id, -1),
            joining,
            joining.explains(decided_on, bool(decision.run_id)),
        )

    @api.model
    def _get_joining(self, membership):
        """Return how somebody became a member, as ``Joining``."""
        company = membership.company_id
        return moves.Joining(
            membership.joined_by or None,
            membership.joined_on or None,
            company._get_member_day(membership.create_date),
        )

    @api.model
    def _prepare_move_notice(self, decision):
        membership = decision.membership_id
        return Notice(
            decision.partner_id.id,
            f"decision,{decision.id}",
            {
                "tier": decision.to_tier_id,
                "former": decision.from_tier_id,
                "until": membership.valid_until,
                "benefits": partial(
                    self._say_benefits, membership, decision.to_tier_id
                ),
                "explanation": decision._say_to_member,
            },
            source=(decision._name, decision.id),
        )

    @api.model
    def _say_benefits(self, membership, tier, env):
        """Return what a member has in a tier today, in a reader's language."""
        holder = Holder(tier.id, frozenset(membership.partner_id.member_tag_ids.ids))
        today = membership.company_id._member_today()
        Benefit = self.env["member.benefit"].sudo().with_context(lang=env.lang)
        return [
            Benefit.browse(offer.benefit_id).name
            for offer in Benefit._get_offers(membership.program_id.id)
            if is_entitled(offer.terms, holder, today)
        ]
