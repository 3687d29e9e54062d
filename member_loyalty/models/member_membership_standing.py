from odoo import fields, models


class MemberMembershipStanding(models.AbstractModel):
    """What a member was given by hand, and under which rules the tier is held."""

    _name = "member.membership.standing"
    _description = "Standing of a Member"

    version_id = fields.Many2one(
        comodel_name="member.ladder.version",
        string="Rules",
        readonly=True,
        ondelete="restrict",
        help="The version of the rules under which the tier was reached. It goes on"
        " giving tiers to this member as long as the tier is promised.",
    )
    automatic = fields.Boolean(
        string="Adjust Automatically",
        default=True,
        help="Without it the member's figures move nobody: the tier is given by hand"
        " only.",
    )
    granted_tier_id = fields.Many2one(
        comodel_name="member.tier",
        string="Given by Hand",
        readonly=True,
        ondelete="restrict",
        help="The member does not fall below this tier before the day it ends.",
    )
    granted_until = fields.Date(readonly=True, help="The last day of that.")
    warned_for = fields.Date(
        string="Warned for the End on",
        readonly=True,
        help="The member was warned that the tier could end after this day.",
    )

    def action_assign_tier(self):
        """Open the form that gives these members another tier, with a reason."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change Tier"),
            "res_model": "member.tier.assignment",
            "view_mode": "form",
            "target": "new",
            "context": {"default_membership_ids": self.ids},
        }

    def _assign_tier(self, tier, reason, event="manual", until=None):
        """Give members a tier by hand and remember why.

        They can rise above it and do not fall below it until the day it ends.

        :param str reason: shown in the member's history
        :param str event: "manual", "appeal" or "merge"
        :param date until: the last day it is given for, the end of a term unless said
        """
        before = {membership.id: membership.tier_id for membership in self}
        for program, memberships in self.grouped("program_id").items():
            today = program.company_id._member_today()
            for joined_on, joined in memberships.grouped("joined_on").items():
                end = until or program._get_term().last_day(today, joined_on or None)
                joined._write_tier(
                    {
                        "tier_id": tier.id,
                        "tier_since": today,
                        "valid_until": False if tier.is_base else end,
                        "version_id": program.version_id.id,
                        "granted_tier_id": False if tier.is_base else tier.id,
                        "granted_until": False if tier.is_base else end,
                    }
                )
        self._log_moves(before, event, reason)

    def _log_moves(self, before, event, reason=False):
        """Log a decision for every membership whose tier is not the one before.

        :param dict before: the tiers left, by membership id
        """
        self.env["member.tier.decision"].sudo().create(
            [
                {
                    "membership_id": membership.id,
                    "date": membership.company_id._member_today(),
                    "event": event,
                    "from_tier_id": before.get(
                        membership.id, membership.tier_id[:0]
                    ).id,
                    "to_tier_id": membership.tier_id.id,
                    "event_version_id": membership.program_id.version_id.id,
                    "reason": reason,
                }
                for membership in self
                if before.get(membership.id) != membership.tier_id
            ]
        )
        for program, memberships in self.sudo().grouped("program_id").items():
            program._queue_moves(
                [
                    membership.id
                    for membership in memberships
                    if before.get(membership.id) != membership.tier_id
                ]
            )
