from odoo import fields, models

from odoo.addons.member_loyalty.models.member_tier_appeal import OPEN_STATES
from odoo.addons.member_loyalty.queries.metrics import Scope

from ..logic.merge_undo import Standing, restore


class MemberMergeMembership(models.AbstractModel):
    """Gives memberships back when a merge is undone, and has the rules judge anew."""

    _name = "member.merge.membership"
    _description = "Memberships of an Undone Merge"

    def _restore_memberships(self, contacts):
        """Give every membership back to whose it was, as it was.

        :param dict contacts: the new contact by the id of the merged one
        """
        Membership = self.env["member.membership"].with_context(active_test=False)
        winner = self.snapshot["winner"]
        owners = {winner["id"]: self.partner_id, **contacts}
        before = {}
        for described in (*self.snapshot["sources"], winner):
            for one in described["memberships"]:
                before[one["id"]] = (owners[described["id"]], one)
        held = Membership.browse(before).exists()
        tiers = {one.id: one.tier_id for one in held}
        self._hand_over(held, before)
        judged = held.filtered("active") | self._enroll_winner(held)
        self._have_judged(judged, tiers)

    def _hand_over(self, held, before):
        """Let memberships be their owners' again, with what they stood at.

        Written without joining anew: who comes back was a member before.
        """
        for membership in held:
            self._give_appeals_back(membership, before[membership.id][1])
        for membership in held:
            owner, one = before[membership.id]
            values = self._get_standing_again(membership, one)
            if one["active"]:
                values["active"] = True
            membership._write_tier({**values, "partner_id": owner.id})
            membership.flush_recordset()

    def _get_standing_again(self, membership, one):
        """Return what a membership stands at, as values to write."""
        after = self.snapshot["after"].get(str(membership.id), one)
        ladder = membership.program_id._get_tiers().ids
        standing = restore(
            self._as_standing(one["standing"]),
            self._as_standing(after["standing"]),
            self._as_standing(self._read_values(membership, tuple(one["standing"]))),
            ladder,
        )
        tier_id = standing.tier_id if standing.tier_id in ladder else ladder[0]
        return {
            "tier_id": tier_id,
            "valid_until": standing.valid_until or False,
            "granted_tier_id": standing.granted_tier_id or False,
            "granted_until": standing.granted_until or False,
            "version_id": standing.version_id or False,
            "automatic": standing.automatic,
        }

    def _as_standing(self, values):
        """Return plain values as ``Standing`` of ``logic``."""
        return Standing(
            tier_id=values["tier_id"],
            valid_until=fields.Date.to_date(values["valid_until"]) or None,
            granted_tier_id=values["granted_tier_id"] or None,
            granted_until=fields.Date.to_date(values["granted_until"]) or None,
            version_id=values["version_id"] or None,
            automatic=values["automatic"],
        )

    def _give_appeals_back(self, membership, one):
        """Give the appeals back that the merge gave to the winner."""
        appeals = self.env["member.tier.appeal"].browse(one["appeals"]).exists()
        strays = appeals.filtered(
            lambda appeal: (
                appeal.membership_id != membership and appeal.state in OPEN_STATES
            )
        )
        strays.write({"membership_id": membership.id})
        strays.flush_recordset()

    def _enroll_winner(self, held):
        """Make a member of the winner again, whose only membership went back."""
        programs = held.filtered("active").program_id
        members = self.env["member.membership"]
        for program in programs:
            owner = program._get_member_partners(self.partner_id)
            bought = self.env["member.activity"].search_count(
                [
                    (program._get_partner_column(), "=", owner.id),
                    ("company_id", "=", program.company_id.id),
                    ("order_count", ">", 0),
                ],
                limit=1,
            )
            if bought and program._get_policy().enroll_on_order:
                members |= program._enroll_members(owner.ids, "order")
        return members

    def _have_judged(self, memberships, tiers):
        """Log what the undoing did, and have the rules judge everybody concerned."""
        reason = self.env._("Merge undone: %(names)s", names=self.source_names)
        for membership in memberships:
            before = tiers.get(membership.id, membership.tier_id)
            same = before == membership.tier_id
            membership._log_moves(
                {} if same else {membership.id: before}, "merge", reason
            )
        for program, of_program in memberships.grouped("program_id").items():
            today = program.company_id._member_today()
            scope = Scope(partner_ids=tuple(sorted(of_program.partner_id.ids)))
            if program._get_policy().automatic:
                evaluation = program._prepare_evaluation(today, may_fall=True)
                program._apply_evaluation(evaluation, scope)
            program._keep_tags(today, scope)
