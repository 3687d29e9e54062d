from odoo import api, fields, models

from ..queries import point_statement as queries


class MemberPointHolder(models.AbstractModel):
    """A record that shows what a contact has in points, and opens its statement."""

    _name = "member.point.holder"
    _description = "Holder of Points"

    member_points = fields.Float(
        string="Usable Points",
        digits=(16, 2),
        compute="_compute_member_points",
        compute_sudo=True,
        groups="member_loyalty.member_loyalty_group_user",
        help="What can be spent now: the contact's own points, or its company's.",
    )
    member_has_points = fields.Boolean(
        compute="_compute_member_points",
        compute_sudo=True,
        groups="member_loyalty.member_loyalty_group_user",
    )

    @api.depends_context("allowed_company_ids")
    def _compute_member_points(self):
        programs = self.env["member.program"].sudo()
        programs = programs.search([("company_id", "in", self.env.companies.ids)])
        points = dict(
            self.env.execute_query(
                queries.usable_by_partner(
                    self.env,
                    self._get_point_holders()._origin.ids,
                    programs.ids,
                    fields.Datetime.now(),
                )
            )
        )
        keeps_points = bool(programs.wallet_id)
        for record in self:
            record.member_points = points.get(record._get_point_holders()._origin.id, 0)
            record.member_has_points = keeps_points

    def _get_point_holders(self):
        """Return the contacts whose points these records show."""
        return self

    def action_open_points(self):
        """Open the statement of the points that this contact can use."""
        self.ensure_one()
        holder = self._get_point_holders()
        owners = holder | holder.commercial_partner_id
        return self.env["member.point.statement"]._get_statement_action(
            [
                ("owner_id", "in", owners.ids),
                "|",
                ("is_own", "=", False),
                ("owner_id", "=", holder.id),
            ]
        )

    def action_adjust_points(self):
        """Open the form that grants, deducts, transfers or extends points."""
        return self.env["member.point.adjustment"]._get_opening_action(
            partners=self._get_point_holders()
        )
