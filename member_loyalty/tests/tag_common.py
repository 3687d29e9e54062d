from odoo import Command
from odoo.tests import freeze_time

from .common import MemberCommon


@freeze_time("2026-03-15 10:00:00")
class TagCommon(MemberCommon):
    """Tags by hand and by rules, on the club with Silver and Gold."""

    @classmethod
    def _create_tag(cls, name="Friend", **values):
        return cls.env["member.tag"].create({"name": name, **values})

    @classmethod
    def _create_rule_tag(cls, *rules, name="High spend", **values):
        """Make a tag that rules keep: each a list of conditions."""
        rules = rules or ([{"value": 1000}],)
        return cls._create_tag(
            name,
            kept_by="rules",
            program_id=cls.program.id,
            rule_ids=[cls._prepare_rule(*conditions) for conditions in rules],
            **values,
        )

    @classmethod
    def _asks_for_tag(cls, tag, **values):
        """Return the condition that a member carries a tag."""
        return {"metric": "has_tag", "tag_ids": [Command.set(tag.ids)], **values}

    def _get_changes(self, tag):
        changes = self.env["member.tag.change"].search(
            [("tag_id", "=", tag.id)], order="id"
        )
        return [
            (change.partner_id.name, change.change, change.origin) for change in changes
        ]
