from odoo import api, fields, models


class MemberExport(models.TransientModel):
    _name = "member.export"
    _inherit = ["member.export"]

    segment_ids = fields.Many2many(
        comodel_name="member.segment",
        string="Segments",
        domain="[('program_id', '=', program_id)]",
        help="Only members who are in any of these segments when the file is written.",
    )

    @api.depends("segment_ids")
    def _compute_member_count(self):
        return super()._compute_member_count()

    @api.depends("segment_ids", "tier_ids", "country_ids", "tag_ids", "active_since")
    def _compute_selection_label(self):
        return super()._compute_selection_label()

    def _get_domain(self):
        """Override of `member_loyalty` to find members by segments."""
        domain = super()._get_domain()
        if self.chosen_domain or not self.segment_ids:
            return domain
        return domain & self.segment_ids._find_members(self.segment_ids)

    def _get_selection_label(self):
        """Override of `member_loyalty` to name the segments."""
        label = super()._get_selection_label()
        if self.chosen_domain or not self.segment_ids:
            return label
        names = ", ".join(self.segment_ids.mapped("name"))
        mine = self.env._("Segment: %(names)s", names=names)
        narrows = (self.tier_ids, self.country_ids, self.tag_ids, self.active_since)
        return f"{mine}; {label}" if any(narrows) else mine
