from odoo import api, fields, models
from odoo.exceptions import UserError

from ..queries import tag_keeping


class MemberTagChange(models.Model):
    """A contact got a tag or lost it: when, why, by whom."""

    _name = "member.tag.change"
    _description = "Tag Change"
    _inherit = "member.append.only"
    _order = "id desc"

    tag_id = fields.Many2one(
        comodel_name="member.tag",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    tag_color = fields.Integer(related="tag_id.color")
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    membership_id = fields.Many2one(
        comodel_name="member.membership",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    date = fields.Date(required=True, readonly=True, index=True)
    change = fields.Selection(
        selection=[("added", "Got the tag"), ("removed", "Lost the tag")],
        required=True,
        readonly=True,
    )
    origin = fields.Selection(
        selection=[
            ("rules", "By rules"),
            ("hand", "By hand"),
            ("consent", "By consent"),
        ],
        string="How",
        required=True,
        readonly=True,
    )
    figures = fields.Json(readonly=True)
    reason = fields.Char(string="Why", compute="_compute_reason")
    run_id = fields.Many2one(
        comodel_name="member.evaluation.run",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="By", readonly=True, ondelete="set null"
    )

    @api.depends("partner_id", "tag_id", "change")
    @api.depends_context("lang")
    def _compute_display_name(self):
        changes = dict(self._fields["change"]._description_selection(self.env))
        for change in self:
            change.display_name = self.env._(
                "%(contact)s: %(change)s %(tag)s",
                contact=change.partner_id.display_name or "",
                change=changes.get(change.change, ""),
                tag=change.tag_id.name or "",
            )

    @api.depends("figures", "origin")
    @api.depends_context("lang")
    def _compute_reason(self):
        for change in self:
            change.reason = change._get_reason()

    def _get_reason(self):
        """Return in words why the tag was given or taken."""
        self.ensure_one()
        if self.origin == "hand":
            return self.env._("By hand")
        if self.origin == "consent":
            return self.env._("By consent")
        if self.figures is False or self.figures is None:
            return self.env._("No longer a member")
        currency = (self.company_id or self.env.company).currency_id
        return self.env["member.metric"]._say_figures(self.figures, currency)

    @api.model
    def _get_carried(self, partners=None, tags=None):
        """Return who carries what as a set of (tag id, partner id).

        :param partners: contacts, or
        :param tags: tags that are looked at
        """
        rows = self.env.execute_query(
            tag_keeping.carried(
                self.env, partners.ids if partners else (), tags.ids if tags else ()
            )
        )
        return set(rows)

    @api.model
    def _log_by_hand(self, before, after):
        """Log what was changed by hand, and let members rise whom it lifts.

        :param set before: who carried what, as (tag id, partner id)
        :param set after: who carries what
        :raises UserError: when a tag is kept by rules
        """
        moved = sorted(before ^ after)
        if not moved:
            return
        tags = self.env["member.tag"].sudo().browse({tag_id for tag_id, _id in moved})
        tags._check_kept_by_hand()
        self.sudo().create(
            [self._prepare_by_hand(*pair, pair in after) for pair in moved]
        )
        contacts = self.env["res.partner"].sudo().browse({one for _id, one in moved})
        contacts._let_tagged_members_rise(tags)

    @api.model
    def _prepare_by_hand(self, tag_id, partner_id, is_added):
        """Return the values of a change that somebody made."""
        tag = self.env["member.tag"].sudo().browse(tag_id)
        partner = self.env["res.partner"].sudo().browse(partner_id)
        return {
            "tag_id": tag_id,
            "partner_id": partner_id,
            "membership_id": partner.member_membership_ids[:1].id,
            "company_id": (tag.company_id or partner.company_id).id,
            "date": self.env.company._member_today(),
            "change": "added" if is_added else "removed",
            "origin": "hand",
            "user_id": self.env.uid,
        }

    def _refuse_change(self):
        """Let nobody change what was logged.

        :raises UserError: always
        """
        raise UserError(self.env._("Tag changes are history and cannot be changed."))

    def _refuse_deletion(self):
        """Let nobody delete a row.

        :raises UserError: always
        """
        raise UserError(self.env._("Tag changes are history and cannot be deleted."))
