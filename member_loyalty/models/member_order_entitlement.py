from odoo import api, fields, models


class MemberOrderEntitlement(models.AbstractModel):
    """What the customer of an order has of benefits today, and what is left."""

    _name = "member.order.entitlement"
    _description = "Benefits of the Customer of an Order"

    member_benefit_entitlement_ids = fields.One2many(
        comodel_name="member.benefit.entitlement",
        string="Benefits of the Customer",
        compute="_compute_member_benefit_entitlement_ids",
        compute_sudo=True,
        help="What the customer has today, in today's tier.",
    )

    @api.depends("partner_id", "company_id")
    def _compute_member_benefit_entitlement_ids(self):
        Entitlement = self.env["member.benefit.entitlement"]
        for order in self:
            company = order.company_id or self.env.company
            held = self.env["member.membership"]
            if order.partner_id:
                held = order.partner_id._get_benefit_memberships(company)
            order.member_benefit_entitlement_ids = (
                held.ids
                and Entitlement.search([("membership_id", "in", held.ids)])
                or Entitlement
            )
