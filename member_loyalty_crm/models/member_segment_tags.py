from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.member_loyalty.queries.execution import execute_quietly

from ..queries import segment_tags

MANAGER_GROUP = "member_loyalty.member_loyalty_group_manager"


class MemberSegmentTags(models.AbstractModel):
    """The tag that a segment keeps: its members carry it, nobody else does.

    A segment that is archived or deleted lets go of its tag: contacts carry it as
    they did, and from then on it is given and taken by hand.
    """

    _name = "member.segment.tags"
    _description = "Tag of a Segment"

    tag_id = fields.Many2one(
        comodel_name="member.tag",
        string="Tag to Keep",
        domain="[('kept_by', '=', 'hand'), ('company_id', 'in', (False, company_id))]",
        copy=False,
        tracking=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The members of the segment carry this tag, and nobody else: others who"
        " carry it lose it. Settled each night, and when you press “Settle the Tag”."
        " Nobody gives or takes it by hand.",
    )
    tag_kept_at = fields.Datetime(string="Tag Last Settled", readonly=True, copy=False)

    @api.constrains("tag_id", "program_id")
    def _check_tag(self):
        for segment in self.filtered("tag_id"):
            tag = segment.tag_id
            if tag.kept_by == "rules":
                raise ValidationError(
                    self.env._(
                        "The tag %(tag)s is kept by rules already. Choose a tag that is"
                        " kept by hand, or make a new one.",
                        tag=tag.name,
                    )
                )
            if tag.company_id and tag.company_id != segment.program_id.company_id:
                raise ValidationError(
                    self.env._(
                        "The tag %(tag)s belongs to %(company)s and %(segment)s does"
                        " not. Choose a tag of the segment's company, or one of all"
                        " companies.",
                        tag=tag.name,
                        company=tag.company_id.name,
                        segment=segment.name,
                    )
                )

    @api.constrains("tag_id", "tag_any_ids", "tag_all_ids", "tag_none_ids")
    def _check_no_circle(self):
        self.env["member.tag"]._check_no_circle()

    @api.model_create_multi
    def create(self, vals_list):
        """Keep the tags that new segments come with.

        :raises AccessError: when others than managers have one kept
        """
        segments = super().create(vals_list)
        if tags := segments.tag_id:
            self._check_may_keep_tags()
            tags._settle_keeping()
        return segments

    def write(self, vals):
        """Keep the tag that is chosen, and let go of the one before.

        :raises AccessError: when others than managers change whom a tag is given to
        """
        before = self.sudo().tag_id
        if before or vals.get("tag_id"):
            self._check_may_keep_tags()
        if not vals.get("active", True):
            vals = {**vals, "tag_id": False}
        result = super().write(vals)
        if {"tag_id", "active"} & vals.keys():
            (before | self.sudo().tag_id)._settle_keeping()
        return result

    def unlink(self):
        """Let go of the tags.

        :raises AccessError: when others than managers delete who a tag is given to
        """
        tags = self.sudo().tag_id
        if tags:
            self._check_may_keep_tags()
        result = super().unlink()
        tags._settle_keeping()
        return result

    @api.model
    def _check_may_keep_tags(self):
        """Let those pass who may say how tags are kept.

        :raises AccessError: for others than managers
        """
        if not self.env.su and not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._(
                    "Only a membership manager changes a segment that keeps a tag. Ask"
                    " one to do it, or make a copy of the segment."
                )
            )

    def action_keep_tag(self):
        """Give the tag to the members of the segment and take it from others, now.

        :raises AccessError: for others than managers
        """
        self.ensure_one()
        self.check_access("write")
        self._check_may_keep_tags()
        added, removed = self.sudo()._keep_tag(self._get_today())
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": self.env._("%(tag)s is up to date", tag=self.tag_id.name),
                "message": self.env._(
                    "%(added)s members got the tag, %(removed)s lost it.",
                    added=added,
                    removed=removed,
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _keep_tag(self, day):
        """Let exactly the segment's members carry its tag.

        Doing it again changes nothing.

        :param date day: the day that the log names
        :return: how many got it and how many lost it
        :raises psycopg2.errors.SerializationFailure: when another transaction moved
            the tag meanwhile
        """
        self.ensure_one()
        if not self.tag_id.active:
            return 0, 0
        company = self.program_id.company_id
        segment = self.with_company(company)
        members = segment.env["member.membership"].with_context(active_test=False)
        keeping = segment_tags.Keeping(
            segment_id=self.id,
            tag_id=self.tag_id.id,
            company_id=company.id,
            day=day,
            members=members._search(segment._get_domain()).subselect(),
        )
        [moved] = execute_quietly(self.env, segment_tags.keep_tag(self.env, keeping))
        self.tag_kept_at = fields.Datetime.now()
        if any(moved):
            self._forget_tags()
        return moved

    def _forget_tags(self):
        """Have read anew what the statement changed."""
        self.env["member.tag"].invalidate_model()
        self.env["member.tag.change"].invalidate_model()
        self.env["res.partner"].invalidate_model(
            ["member_tag_ids", "member_tag_change_ids", "property_product_pricelist"]
        )

    def _get_tags_asked_for(self):
        """Return the tags that say who is in these segments."""
        return self.tag_any_ids | self.tag_all_ids | self.tag_none_ids
