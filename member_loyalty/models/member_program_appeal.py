from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MemberProgramAppeal(models.AbstractModel):
    """What a program says of appeals: who decides, how soon, whether mails go out."""

    _name = "member.program.appeal"
    _description = "Appeals in a Program"

    appeal_days = fields.Integer(
        string="Decide Appeals within",
        default=14,
        tracking=True,
        help="Days from the submission of an appeal to its deadline.",
    )
    appeal_manager_id = fields.Many2one(
        comodel_name="res.users",
        string="Appeals Decided by",
        tracking=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="The membership manager who gets the task. Without one, the first of the"
        " managers does. Every manager may decide.",
    )
    appeal_by_members = fields.Boolean(
        string="Members File Appeals Themselves",
        tracking=True,
        help="In the member centre, one at a time. Otherwise only your employees file"
        " appeals for members.",
    )
    appeal_mail = fields.Boolean(
        string="Mail Members about Appeals",
        default=True,
        help="Members get a mail in their language when their appeal is submitted and"
        " decided, and when their promise is reviewed.",
    )

    _appeal_days_not_negative = models.Constraint(
        "CHECK(appeal_days >= 0)",
        "The days to decide an appeal cannot be negative. Enter 0 to decide on the"
        " same day.",
    )

    @api.constrains("appeal_manager_id")
    def _check_appeal_manager(self):
        for program in self:
            manager = program.appeal_manager_id
            if manager and manager not in program._get_appeal_managers():
                raise ValidationError(
                    self.env._(
                        "%(user)s is no membership manager of %(company)s, so they"
                        " could not decide appeals. Give them that right, or choose"
                        " somebody else.",
                        user=manager.name,
                        company=program.company_id.name,
                    )
                )

    def _get_appeal_managers(self):
        """Return everybody who may decide appeals of this program."""
        self.ensure_one()
        group = self.env.ref("member_loyalty.member_loyalty_group_manager").sudo()
        company = self.sudo().company_id
        return group.all_user_ids.filtered(
            lambda user: user.active and not user.share and company in user.company_ids
        ).sorted("id")

    def _get_appeal_manager(self, filed_by):
        """Return the one manager who gets the task to decide an appeal.

        :param filed_by: the user who filed it, asked only when there is no other
        """
        self.ensure_one()
        managers = self._get_appeal_managers()
        wanted = self.sudo().appeal_manager_id & (managers - filed_by)
        return (wanted or managers - filed_by or managers)[:1]
