from datetime import date

from odoo import api, models

from ..queries import benefit_gift_issue, benefit_use
from ..queries.execution import execute_quietly


class MemberMembershipMerge(models.AbstractModel):
    """What becomes of memberships when several contacts turn into one member."""

    _name = "member.membership.merge"
    _description = "Merge of Memberships"

    @api.model
    def _give_to_member(self, contacts, heir):
        """Leave one membership per program for contacts that become one member.

        The heir's goes on, or else the oldest; it keeps the highest tier of all for
        as long as that was promised. The others end; their history stays.

        :param contacts: who had memberships until now
        :param heir: the contact they now are, or belong to
        """
        Membership = self.with_context(active_test=True)
        found = Membership.search([("partner_id", "in", (contacts | heir).ids)])
        for program, memberships in found.grouped("program_id").items():
            member = program._get_member_partners(heir)
            memberships |= Membership.search(
                [("partner_id", "=", member.id), ("program_id", "=", program.id)]
            )
            memberships._keep_one(program, member)

    def _get_current(self):
        """Return the membership that goes on after a merge: mostly this one."""
        self.ensure_one()
        if self.active:
            return self
        found = self.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("program_id", "=", self.program_id.id),
            ],
            limit=1,
        )
        return found or self

    def _give_benefits_to(self, kept):
        """Count what these memberships used of benefits for the one that goes on.

        Its lists show those uses, and reports count one member, not several.
        """
        if self:
            execute_quietly(self.env, benefit_use.take_over(kept.id, self.ids))
            self.env["member.benefit.allowance"].invalidate_model()
            execute_quietly(self.env, benefit_gift_issue.take_over(kept.id, self.ids))
            self.env["member.benefit.gift.issue"].invalidate_model()
            self.env.execute_query(benefit_use.hand_over(self.env, kept.id, self.ids))
            self.env["member.benefit.usage"].invalidate_model()
            (self | kept).invalidate_recordset(["benefit_usage_ids"])

    def _keep_one(self, program, member):
        """Let one of these memberships of a program go on, as that of ``member``."""
        kept = self.filtered(lambda held: held.partner_id == member)
        kept = kept or self.sorted("id")[:1]
        others = self - kept
        ladder = program._get_ladder()
        best = max(
            self,
            key=lambda held: (
                ladder.rank(held.tier_id.id),
                held.valid_until or date.min,
            ),
        )
        tier, until = best.tier_id, best.valid_until
        granted = max(self, key=lambda held: held.granted_until or date.min)
        grant = (granted.granted_tier_id.id, granted.granted_until)
        names = ", ".join((others | kept).partner_id.sorted("id").mapped("name"))
        others._give_appeals_to(kept)
        others._give_benefits_to(kept)
        others._give_referrals_to(kept)
        others.active = False
        others.flush_recordset()
        if kept.partner_id != member:
            kept.partner_id = member
        reason = self.env._("Merged from %(names)s", names=names)
        if tier != kept.tier_id:
            kept._assign_tier(tier, reason, event="merge")
        elif others:
            kept._log_moves({}, "merge", reason)
        kept._write_tier(
            {
                "valid_until": until,
                "version_id": best.version_id.id,
                "granted_tier_id": grant[0],
                "granted_until": grant[1],
            }
        )
        kept.flush_recordset()
