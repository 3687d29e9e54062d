from random import randint

from odoo import api, fields, models


class MemberTag(models.Model):
    """A word that staff puts on customers to find them again."""

    _name = "member.tag"
    _description = "Member Tag"
    _order = "family, name, id"

    def _default_color(self):
        return randint(1, 11)

    name = fields.Char(required=True, translate=True)
    family = fields.Selection(
        selection=[
            ("value", "Value"),
            ("activity", "Activity"),
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
    )
    partner_count = fields.Integer(
        string="Contacts Tagged", compute="_compute_partner_count"
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
