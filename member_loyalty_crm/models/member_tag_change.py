from odoo import fields, models


class MemberTagChange(models.Model):
    _name = "member.tag.change"
    _inherit = ["member.tag.change"]

    origin = fields.Selection(
        selection_add=[("segment", "By a segment")],
        ondelete={"segment": "set rules"},
    )
    segment_id = fields.Many2one(
        comodel_name="member.segment",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    def _get_reason(self):
        """Override of `member_loyalty` to name the segment."""
        if self.origin != "segment":
            return super()._get_reason()
        if not self.segment_id:
            return self.env._("By a segment that no longer exists")
        if self.change == "added":
            return self.env._(
                "In the segment %(segment)s", segment=self.segment_id.sudo().name
            )
        return self.env._(
            "No longer in the segment %(segment)s", segment=self.segment_id.sudo().name
        )
