from odoo import fields, models

from ..logic.point_events import Event
from ..logic.point_posting import Posting
from ..logic.purchase_posting import exact

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

    def _take_back_joining(self):
        """Take back what was given for joining: it never should have happened."""
        given = (
            self.env["member.point.entry"]
            .sudo()
            .search(
                [
                    ("source_model", "=", self._name),
                    ("source_id", "in", self.ids),
                    ("kind", "=", "earned"),
                ]
            )
        )
        now = fields.Datetime.now()
        self.env["member.point.ledger"]._post(
            [
                Posting(
                    entry.card_id._get_current().id,
                    "reversed",
                    -exact(entry.points),
                    now,
                    rule_id=entry.rule_id.id,
                    source=(self._name, entry.source_id),
                    source_ref=entry.source_ref,
                    source_key=f"{entry.source_key}|reversed",
                )
                for entry in given
            ]
        )
