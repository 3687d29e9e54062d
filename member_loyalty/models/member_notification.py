from odoo import api, fields, models


class MemberNotification(models.Model):
    """A message to a member, read on the website; portal users have no inbox."""

    _name = "member.notification"
    _description = "Message to a Member"
    _order = "id desc"
    _rec_name = "title"

    partner_id = fields.Many2one(
        comodel_name="res.partner", required=True, readonly=True, ondelete="cascade"
    )
    program_id = fields.Many2one(
        comodel_name="member.program", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    kind = fields.Char(required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    title = fields.Char(required=True, readonly=True)
    body = fields.Text(readonly=True)
    url = fields.Char(string="Link", readonly=True)
    read_at = fields.Datetime(readonly=True)
    expires_on = fields.Date(readonly=True)

    _once = models.UniqueIndex("(partner_id, program_id, kind, key)")

    @api.model
    def _notify(self, kind, notices, program):
        """Tell members of something, each once, in their language.

        :param str kind: code of the kind of message, such as "tier_up"
        :param notices: ``Notice`` of ``logic.notification``
        :param program: the program it is about
        :return: the new messages
        """
        notices = list(notices)
        told = self.sudo().search(
            [
                ("program_id", "=", program.id),
                ("kind", "=", kind),
                ("key", "in", [notice.key for notice in notices]),
            ]
        )
        known = {(one.partner_id.id, one.key) for one in told}
        return self.sudo().create(
            [
                {
                    "partner_id": notice.partner_id,
                    "program_id": program.id,
                    "kind": kind,
                    "key": notice.key,
                    "title": kind,
                    "url": notice.url,
                }
                for notice in notices
                if (notice.partner_id, notice.key) not in known
            ]
        )
