from random import randint

from odoo import api, fields, models
from odoo.exceptions import ValidationError

LAST_CHANGES = 20


class MemberTag(models.Model):
    """A word put on customers to find them again, by staff or by rules."""

    _name = "member.tag"
    _description = "Member Tag"
    _inherit = [
        "member.tag.consent",
        "member.tag.keeping",
        "member.tag.hand",
        "member.tag.cleaning",
    ]
    _order = "family, name, id"

    def _default_color(self):
        return randint(1, 11)

    name = fields.Char(required=True, translate=True)
    family = fields.Selection(
        selection=[
            ("value", "Value"),
            ("activity", "Engagement"),
            ("interest", "Interest"),
            ("region", "Region"),
            ("risk", "Risk"),
            ("compliance", "Compliance"),
        ],
        required=True,
        default="interest",
        help="What the tag says about a customer: what they are worth, how active"
        " they are, what they like, where they buy, what to watch, what is required.",
    )
    color = fields.Integer(default=lambda self: self._default_color())
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        help="Leave empty to use the tag in every company.",
    )
    partner_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="member_tag_res_partner_rel",
        column1="member_tag_id",
        column2="res_partner_id",
        string="Contacts",
        copy=False,
    )
    partner_count = fields.Integer(
        string="Contacts Tagged", compute="_compute_partner_count"
    )
    change_ids = fields.One2many(
        comodel_name="member.tag.change", inverse_name="tag_id", readonly=True
    )
    last_change_ids = fields.Many2many(
        comodel_name="member.tag.change",
        string="Last Changes",
        compute="_compute_last_change_ids",
    )

    @api.depends("partner_ids")
    def _compute_partner_count(self):
        counts = dict(
            self.env["res.partner"]._read_group(
                [("member_tag_ids", "in", self.ids)], ["member_tag_ids"], ["__count"]
            )
        )
        for tag in self:
            tag.partner_count = counts.get(tag, 0)

    @api.depends("change_ids")
    def _compute_last_change_ids(self):
        for tag in self:
            tag.last_change_ids = self.env["member.tag.change"].search(
                [("tag_id", "in", tag._origin.ids)], limit=LAST_CHANGES
            )

    @api.constrains("company_id", "program_id")
    def _check_company_of_program(self):
        for tag in self.filtered("program_id"):
            if tag.company_id and tag.company_id != tag.program_id.company_id:
                raise ValidationError(
                    self.env._(
                        "The tag %(tag)s belongs to %(company)s and %(program)s does"
                        " not. Choose a program of the same company.",
                        tag=tag.name,
                        company=tag.company_id.name,
                        program=tag.program_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_it_has_a_history(self):
        changes = self.env["member.tag.change"].sudo()
        for tag in self:
            if changes.search_count([("tag_id", "=", tag.id)], limit=1):
                raise ValidationError(
                    self.env._(
                        "The tag %(tag)s was given to contacts and has a history that"
                        " stays. Archive it instead of deleting it.",
                        tag=tag.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_it_narrows_benefits(self):
        self.env["member.benefit"]._check_stay_narrow("tag_ids", self)

    def write(self, vals):
        """Override of `base`: rules that name an archived tag hold without it."""
        result = super().write(vals)
        if "active" in vals:
            self.env["member.earning.rule"]._forget_cached()
        return result

    def unlink(self):
        """Override of `base`: rules that named a deleted tag hold without it."""
        result = super().unlink()
        self.env["member.earning.rule"]._forget_cached()
        return result

    @api.autovacuum
    def _gc_unused_tags(self):
        """Archive tags that nobody uses any more."""
        self._archive_unused()

    def action_open_partners(self):
        """Open the contacts that carry this tag."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "res.partner",
            "view_mode": "list,kanban,form",
            "domain": [("member_tag_ids", "in", self.ids)],
        }

    def action_open_changes(self):
        """Open the log of who got this tag and who lost it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_tag_change_action"
        )
        action["domain"] = [("tag_id", "=", self.id)]
        return action
