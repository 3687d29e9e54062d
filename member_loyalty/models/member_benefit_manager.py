from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic.account_manager import Offer
from .member_follow_up import ACCOUNT_MANAGERS


class MemberBenefitManager(models.AbstractModel):
    """Who looks after members that are promised an account manager."""

    _name = "member.benefit.manager"
    _description = "Account Managers of a Benefit"

    manager_user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="member_benefit_manager_user_rel",
        column1="member_benefit_id",
        column2="user_id",
        string="Account Managers",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        copy=True,
        help="Who looks after the members. Of several, the one who has the fewest of"
        " them gets the next.",
    )
    manager_team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Team",
        check_company=True,
        help="The members of this sales team look after the members too.",
    )
    manager_replaces = fields.Boolean(
        string="Replace Others",
        help="Also replace the salesperson of customers who already have one; whoever"
        " is replaced comes back when the benefit is lost. Otherwise they keep theirs.",
    )
    manager_member_count = fields.Integer(
        string="Members Looked After", compute="_compute_manager_member_count"
    )

    def _compute_manager_member_count(self):
        counts = dict(
            self.env["member.membership"]._read_group(
                [("manager_benefit_id", "in", self.ids)],
                ["manager_benefit_id"],
                ["__count"],
            )
        )
        for benefit in self:
            benefit.manager_member_count = counts.get(benefit._origin, 0)

    @api.constrains("kind", "manager_user_ids", "manager_team_id", "active")
    def _check_account_managers(self):
        for benefit in self.filtered(lambda one: one.kind == "account_manager"):
            if not benefit.active:
                continue
            benefit._check_manager_users()
            if not benefit._get_manager_users():
                raise ValidationError(
                    self.env._(
                        "Nobody would look after the members who have %(benefit)s."
                        " Choose account managers, or a sales team that has members.",
                        benefit=benefit.name,
                    )
                )

    def _check_manager_users(self):
        """Let pass the employees who work for the company.

        :raises ValidationError: for others
        """
        self.ensure_one()
        users = self.with_context(active_test=False).sudo().manager_user_ids
        for user in users:
            if not self._is_manager(user):
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot look after members: account managers are"
                        " active employees who may work in %(company)s. Choose"
                        " somebody else.",
                        user=user.name,
                        company=self.company_id.name,
                    )
                )

    def _is_manager(self, user):
        """Tell whether a user can look after members of this program."""
        return user.active and not user.share and self.company_id in user.company_ids

    def _get_manager_users(self):
        """Return who can look after members today, in their order, with rights."""
        self.ensure_one()
        benefit = self.sudo()
        users = benefit.manager_user_ids.sorted("id")
        users |= benefit.manager_team_id.member_ids.sorted("id")
        return users.filtered(benefit._is_manager)

    def _get_manager_offer(self):
        """Return whom the benefit gives, as ``Offer`` of ``logic``."""
        self.ensure_one()
        users = self._get_manager_users()
        return Offer(self.id, tuple(users.ids), self.manager_replaces)

    def action_assign_account_managers(self):
        """Give an account manager to the members who have this benefit already.

        They can be many: it goes on in the background.
        """
        self.check_access("write")
        for company, benefits in self.sudo().grouped("company_id").items():
            benefits._queue_account_managers(company)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": self.env._("Account managers are being assigned"),
                "message": self.env._(
                    "This goes on in the background. Members then show who looks after"
                    " them."
                ),
            },
        }

    def action_open_managed_members(self):
        """Open the members who got their account manager from this benefit."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_membership_action"
        )
        action["domain"] = [("manager_benefit_id", "=", self.id)]
        action["context"] = {"search_default_group_manager": 1}
        return action

    @api.model
    def _cron_assign_account_managers(self):
        """Have members looked at whose account manager may have to change.

        Tags, days and settings change without a move of the member; this finds them.
        """
        benefits = self.sudo().search([("kind", "=", "account_manager")])
        for company, offered in benefits.grouped("company_id").items():
            offered._queue_account_managers(company)
        held = self.env["member.membership"].sudo().with_context(active_test=False)
        held = held.search([("manager_benefit_id", "!=", False)])
        self.env["member.follow.up"].sudo()._queue(ACCOUNT_MANAGERS, held.ids)

    def _queue_account_managers(self, company):
        """Queue the members of a company who have these benefits and nobody of them."""
        found = self.env["member.membership"].sudo()
        day = company._member_today()
        for benefit in self:
            if (benefit.date_from or day) <= day <= (benefit.date_to or day):
                found |= found.search(benefit._get_unmanaged_domain())
        self.env["member.follow.up"].sudo()._queue(ACCOUNT_MANAGERS, found.ids)

    def _get_unmanaged_domain(self):
        """Return which members have the benefit and may get a manager from it."""
        self.ensure_one()
        domain = fields.Domain("program_id", "=", self.program_id.id)
        domain &= fields.Domain("manager_benefit_id", "=", False)
        if not self.manager_replaces:
            domain &= fields.Domain("partner_id.user_id", "=", False)
        if self.tier_ids or self.tag_ids:
            domain &= fields.Domain("tier_id", "in", self.tier_ids.ids) | fields.Domain(
                "partner_id.member_tag_ids", "in", self.tag_ids.ids
            )
        return domain
