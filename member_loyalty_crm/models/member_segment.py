import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)


class MemberSegment(models.Model):
    """Members who have something in common, saved under a name; it follows them.

    Who is in it is looked up each time, so it is never out of date.
    """

    _name = "member.segment"
    _description = "Segment"
    _inherit = [
        "member.number.guard",
        "mail.thread",
        "member.segment.domain",
        "member.segment.words",
        "member.segment.tags",
        "member.segment.examples",
    ]
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    description = fields.Text(
        translate=True, help="What the segment is for, and what to do about it."
    )
    active = fields.Boolean(
        default=True,
        tracking=True,
        help="A segment that is archived lets go of the tag that it keeps.",
    )
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self._default_program_id(),
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, precompute=True, index=True
    )
    member_count = fields.Integer(
        string="Members Today", compute="_compute_member_count"
    )
    program_member_count = fields.Integer(string="of", compute="_compute_member_count")
    last_member_count = fields.Integer(
        string="Members",
        readonly=True,
        copy=False,
        aggregator=None,
        help="When the segment was saved, and then each night, as far as its maker may"
        " see members.",
    )

    _one_segment_per_tag = models.UniqueIndex(
        "(tag_id) WHERE tag_id IS NOT NULL",
        "Another segment keeps this tag already. Choose another tag, or take it out of"
        " that segment first.",
    )

    @api.model
    def _default_program_id(self):
        return self.env["member.program"]._get_company_programs(self.env.company)[:1]

    @api.depends(lambda self: self._get_condition_names())
    def _compute_member_count(self):
        for segment in self:
            segment.member_count = segment._count_members()
            segment.program_member_count = segment.program_id._origin.membership_count

    @api.model_create_multi
    def create(self, vals_list):
        """Count the members at once."""
        segments = super().create(vals_list)
        segments._recount()
        return segments

    def write(self, vals):
        """Say in the chatter what another condition makes of the segment."""
        if not vals.keys() & set(self._get_condition_names()):
            return super().write(vals)
        before = {segment: segment.sentence for segment in self}
        result = super().write(vals)
        for segment in self:
            if segment.sentence != before[segment]:
                segment._message_log(body=segment.sentence)
        self._recount()
        return result

    def copy_data(self, default=None):
        """Override of `base` to give copies a name of their own."""
        return [
            {**vals, "name": self.env._("%(name)s (copy)", name=segment.name)}
            for segment, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def action_open_members(self):
        """Open the members who are in the segment today."""
        return self._open("member_loyalty.member_membership_action")

    def action_open_graph(self):
        """Open the members as a graph by country and tier."""
        action = self._open("member_loyalty.member_membership_action")
        kinds = ("graph", "pivot", "list", "form")
        return {
            **action,
            "view_mode": ",".join(kinds),
            "views": [(False, kind) for kind in kinds],
        }

    def action_open_partners(self):
        """Open the contacts that are members of the segment."""
        return self._open("contacts.action_contacts") | {
            "views": [(False, kind) for kind in ("list", "kanban", "form")],
            "view_mode": "list,kanban,form",
        }

    def action_export(self):
        """Open the form that exports the segment to Excel."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_export_action"
        )
        action["context"] = {
            "active_model": self._name,
            "default_program_id": self.program_id.id,
            "default_segment_ids": self.ids,
        }
        return action

    def _open(self, action_name):
        """Return an action on what is in this segment."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(action_name)
        return {
            **action,
            "name": self.name,
            "display_name": self.name,
            "domain": [("member_segment_id", "in", self.ids)],
            "context": {"create": False},
            "id": False,
            "path": False,
        }

    def _count_members(self):
        """Return how many members the user sees in the segment, 0 if none can be."""
        self.ensure_one()
        members = self.env["member.membership"]
        try:
            return members.search_count(self._get_domain())
        except (AccessError, UserError, ValueError):
            return 0

    def _recount(self):
        """Keep for lists how many members there are.

        As many as the maker sees: a filter may ask for anything, and the count must
        not tell what the maker may not see.
        """
        for segment in self.sudo():
            maker = segment.create_uid or self.env.user
            count = segment.with_user(maker)._count_members()
            if segment.last_member_count != count:
                segment.last_member_count = count

    def _try_nightly(self, method, *args):
        """Do something for this segment; when it fails, report that and go on."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                getattr(self, method)(*args)
        except Exception:
            if self.env.cr.connection.closed:
                raise
            self.env.invalidate_all(flush=False)
            _logger.exception("%s of segment %s failed", method, self.id)

    @api.model
    def _find_members(self, segments):
        """Return the domain of members who are in any of the segments."""
        return Domain.OR(segment._get_domain() for segment in segments)
