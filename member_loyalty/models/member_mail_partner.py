from odoo import api, fields, models


class MemberMailPartner(models.AbstractModel):
    """Something that a member is told by mail: who gets the mail."""

    _name = "member.mail.partner"
    _description = "Mail to a Member"
    _told_member_field = "partner_id"

    mail_partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Mails Go to",
        compute="_compute_mail_partner_id",
        help="The member, or the first of its contacts with an address.",
    )

    @api.depends(lambda self: [self._told_member_field])
    def _compute_mail_partner_id(self):
        members = self.mapped(self._told_member_field)
        found = members._get_member_mail_partners()
        for record in self:
            record.mail_partner_id = found.get(record[self._told_member_field].id)
