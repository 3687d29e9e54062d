from odoo import fields, models

from ..logic.tag_order import levels
from ..queries import tag_keeping
from ..queries.execution import execute_quietly
from ..queries.metrics import EVERYBODY


class MemberProgramTags(models.AbstractModel):
    """The tags that rules keep on the members of a program."""

    _name = "member.program.tags"
    _description = "Tags of a Program"

    tag_ids = fields.One2many(
        comodel_name="member.tag", inverse_name="program_id", string="Tags by Rules"
    )

    def _finish_run(self, run):
        """Override of `member.program.schedule` to settle the tags after the tiers."""
        result = super()._finish_run(run)
        self._keep_tags(run.as_of, run=run)
        return result

    def _keep_tags(self, as_of, scope=EVERYBODY, run=None):
        """Let exactly those members carry a tag who meet its rules.

        Tags that ask for other tags come after them, so that doing it again changes
        nothing: one statement, or as many as tags ask for each other in a row.

        :param date as_of: the last day whose activities count
        :param scope: the members to look at, everybody unless given
        :param run: the run that does it, if any
        :return: how many got and how many lost each tag that changed, by tag id
        :raises psycopg2.errors.SerializationFailure: when another transaction moved
            one of the tags meanwhile
        """
        self.ensure_one()
        Tag = self.env["member.tag"].sudo()
        tags = Tag.search([("kept_by", "=", "rules"), ("program_id", "=", self.id)])
        asked_for = Tag._get_tags_asked_for()
        changes = {}
        for level in levels({tag.id: asked_for.get(tag.id, set()) for tag in tags}):
            for tag_id, added, removed in self._keep_tags_of(
                Tag.browse(level), as_of, scope, run
            ):
                changes[tag_id] = (added, removed)
        if scope == EVERYBODY and tags:
            tags.evaluated_at = fields.Datetime.now()
        if changes:
            Tag.invalidate_model()
            self.env["member.tag.change"].invalidate_model()
            self.env["res.partner"].invalidate_model(
                [
                    *("member_tag_ids", "member_tag_change_ids"),
                    "property_product_pricelist",
                ]
            )
        return changes

    def _keep_tags_of(self, tags, as_of, scope, run):
        """Keep tags none of which asks for another; return (tag id, added, removed)."""
        keeping = tag_keeping.Keeping(
            tags=tuple(tag._get_tag_rules() for tag in tags),
            metrics=self.env["member.metric"]._get_metrics(),
            measuring=self._get_measuring(as_of, scope),
            run_id=run.id if run else None,
            user_id=self.env.uid,
        )
        return execute_quietly(self.env, tag_keeping.keep_tags(self.env, keeping))
