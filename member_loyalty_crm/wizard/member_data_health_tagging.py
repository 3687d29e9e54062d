from odoo import api, fields, models


class MemberDataHealthTagging(models.TransientModel):
    """Gives a tag to all contacts behind a figure of the data health report."""

    _name = "member.data.health.tagging"
    _description = "Tag Contacts of a Report"

    line_id = fields.Many2one(
        comodel_name="member.data.health.line", required=True, readonly=True
    )
    code = fields.Selection(related="line_id.code")
    contact_count = fields.Integer(
        string="Contacts", compute="_compute_contact_count", help="As of now."
    )
    tag_id = fields.Many2one(
        comodel_name="member.tag",
        required=True,
        domain="[('kept_by', '=', 'hand')]",
        help="A tag that is kept by hand, such as “Unreachable”.",
    )

    @api.depends("line_id")
    def _compute_contact_count(self):
        for wizard in self:
            wizard.contact_count = len(wizard.line_id._find_contacts())

    def action_tag(self):
        """Give the tag.

        :raises AccessError: for others than officers
        :raises UserError: when rules keep the tag
        """
        self.ensure_one()
        self.line_id._check_may_tag()
        self.tag_id.check_access("write")
        self.tag_id._check_kept_by_hand()
        contacts = self.line_id._find_contacts()
        self.tag_id.write(
            {"partner_ids": [fields.Command.link(one) for one in contacts.ids]}
        )
        return {"type": "ir.actions.act_window_close"}
