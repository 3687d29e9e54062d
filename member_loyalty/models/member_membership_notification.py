from odoo import fields, models


class MemberMembershipNotification(models.AbstractModel):
    """What a member was told in the program."""

    _name = "member.membership.notification"
    _description = "Messages to a Member of a Program"

    notification_count = fields.Integer(
        string="Messages", compute="_compute_notification_count"
    )

    def _compute_notification_count(self):
        counts = {
            (partner, program): count
            for partner, program, count in self.env["member.notification"]._read_group(
                [
                    ("partner_id", "in", self.partner_id.ids),
                    ("program_id", "in", self.program_id.ids),
                ],
                ["partner_id", "program_id"],
                ["__count"],
            )
        }
        for membership in self:
            key = (membership.partner_id, membership.program_id)
            membership.notification_count = counts.get(key, 0)

    def action_open_notifications(self):
        """Open what this member was told."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_notification_action"
        )
        action["domain"] = [
            ("partner_id", "=", self.partner_id.id),
            ("program_id", "=", self.program_id.id),
        ]
        return action
