import logging

from odoo import fields, models

from odoo.addons.member_loyalty.logic.tag_order import levels

_logger = logging.getLogger(__name__)


class MemberProgramSegments(models.AbstractModel):
    """The segments of a program, and the tags that they keep every night."""

    _name = "member.program.segments"
    _description = "Segments of a Program"

    segment_ids = fields.One2many(
        comodel_name="member.segment", inverse_name="program_id"
    )

    def unlink(self):
        """Delete the segments first, so that they let go of their tags."""
        self.with_context(active_test=False).segment_ids.unlink()
        return super().unlink()

    def _refresh_segments(self, day):
        """Override of `member.program.insight` to settle what segments keep.

        All segments of the company, for a company is refreshed once. A segment that
        asks for the tag of another comes after it.
        """
        result = super()._refresh_segments(day)
        segments = self.env["member.segment"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("program_id.active", "=", True),
            ]
        )
        keeping = {one.tag_id.id: one for one in segments if one.tag_id}
        asked_for = self.env["member.tag"]._get_tags_asked_for() if keeping else {}
        order = levels({tag_id: asked_for.get(tag_id, set()) for tag_id in keeping})
        for tag_id in (one for level in order for one in level):
            keeping[tag_id]._try_nightly("_keep_tag", day)
        for segment in segments:
            segment._try_nightly("_recount")
        return result
