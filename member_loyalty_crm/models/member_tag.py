from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class MemberTag(models.Model):
    _name = "member.tag"
    _inherit = ["member.tag"]

    kept_by = fields.Selection(
        selection_add=[("segment", "By a segment")],
        ondelete={"segment": "set hand"},
        help="By hand: staff gives and takes the tag. By rules: exactly those members"
        " carry it who meet a rule, as of the last evaluation. By a segment: exactly"
        " the members of the segment that keeps it, as of last night.",
    )
    segment_ids = fields.One2many(
        comodel_name="member.segment",
        inverse_name="tag_id",
        readonly=True,
        help="The segment whose members carry the tag.",
    )

    @api.constrains("kept_by")
    def _check_segment(self):
        for tag in self.sudo():
            if tag.kept_by == "segment" and not tag.segment_ids:
                raise ValidationError(
                    self.env._(
                        "No segment keeps the tag %(tag)s. Open the segment whose"
                        " members are to carry it, and choose the tag there.",
                        tag=tag.name,
                    )
                )
            if tag.kept_by != "segment" and tag.segment_ids:
                raise ValidationError(
                    self.env._(
                        "The segment %(segment)s keeps the tag %(tag)s. Take the tag"
                        " out of the segment first.",
                        segment=tag.segment_ids[0].name,
                        tag=tag.name,
                    )
                )

    def _settle_keeping(self):
        """Have tags kept by the segment that names them, and others by hand."""
        for tag in self.sudo():
            kept_by = "segment" if tag.segment_ids else "hand"
            if tag.kept_by in ("hand", "segment") and tag.kept_by != kept_by:
                tag.kept_by = kept_by

    def _check_kept_by_hand(self):
        """Override of `member.tag.hand` to refuse what segments keep.

        :raises UserError: when a segment or rules keep one of the tags
        """
        kept = self.sudo().filtered(lambda tag: tag.kept_by == "segment")
        if kept:
            raise UserError(
                self.env._(
                    "The members of the segment %(segment)s carry the tag %(tag)s; it"
                    " is not given or taken by hand. Change the segment, or use a tag"
                    " that is kept by hand.",
                    segment=kept[0].segment_ids[:1].name,
                    tag=kept[0].name,
                )
            )
        return super()._check_kept_by_hand()

    def _get_named(self):
        """Override of `member.tag.cleaning` to keep what segments name."""
        segments = self.env["member.segment"].sudo().with_context(active_test=False)
        named = segments.search(
            fields.Domain.OR(
                fields.Domain(name, "in", self.ids)
                for name in ("tag_id", "tag_any_ids", "tag_all_ids", "tag_none_ids")
            )
        )
        asked_for = named.tag_id | named._get_tags_asked_for()
        return super()._get_named() | (self & asked_for.with_env(self.env))

    @api.model
    def _get_tags_asked_for(self):
        """Override of `member.tag.keeping` to know what segments with a tag ask for."""
        asked_for = super()._get_tags_asked_for()
        for segment in (
            self.env["member.segment"].sudo().search([("tag_id", "!=", False)])
        ):
            tags = segment._get_tags_asked_for()
            asked_for.setdefault(segment.tag_id.id, set()).update(tags.ids)
        return asked_for
