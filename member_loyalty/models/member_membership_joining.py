from odoo import models

from ..logic.point_events import Event

SLICE = 5000


class MemberMembershipJoining(models.AbstractModel):
    """What members are given for joining."""

    _name = "member.membership.joining"
    _description = "Reward for Joining"

    def _reward_joining(self):
        """Give new members what their programs give for joining, once for ever."""
        Rule = self.env["member.earning.rule"]
        for program, memberships in self.sudo().grouped("program_id").items():
            for start in range(0, len(memberships), SLICE):
                joined = memberships[start : start + SLICE]
                if Rule._find_event_rules(program, "registration"):
                    events = [
                        Event(
                            membership.partner_id.id,
                            str(membership.partner_id.id),
                            source=(membership._name, membership.id),
                        )
                        for membership in joined
                    ]
                    Rule._record_events("registration", events, programs=program)
                if Rule._find_event_rules(program, "profile"):
                    joined.partner_id._reward_profiles(program)
