from odoo import api, fields, models

from ..queries import duplicate_pairs as queries

SIDES = (("partner_id", "one"), ("other_id", "other"))


class MemberDuplicateSide(models.AbstractModel):
    """What is known of the two customers, side by side."""

    _name = "member.duplicate.side"
    _description = "Two Customers Side by Side"

    partner_id = fields.Many2one(comodel_name="res.partner")
    other_id = fields.Many2one(comodel_name="res.partner")

    one_mail = fields.Char(related="partner_id.email", string="Email of the Customer")
    one_phone = fields.Char(related="partner_id.phone", string="Phone of the Customer")
    one_vat = fields.Char(related="partner_id.vat", string="Tax ID of the Customer")
    other_mail = fields.Char(
        related="other_id.email", string="Email of the Other Customer"
    )
    other_phone = fields.Char(
        related="other_id.phone", string="Phone of the Other Customer"
    )
    other_vat = fields.Char(
        related="other_id.vat", string="Tax ID of the Other Customer"
    )

    one_address = fields.Text(compute="_compute_sides", compute_sudo=True)
    one_tier_id = fields.Many2one(
        comodel_name="member.tier", compute="_compute_sides", compute_sudo=True
    )
    one_points = fields.Float(
        digits=(16, 2), compute="_compute_sides", compute_sudo=True
    )
    one_orders = fields.Integer(compute="_compute_sides", compute_sudo=True)
    one_last_on = fields.Date(compute="_compute_sides", compute_sudo=True)
    other_address = fields.Text(compute="_compute_sides", compute_sudo=True)
    other_tier_id = fields.Many2one(
        comodel_name="member.tier", compute="_compute_sides", compute_sudo=True
    )
    other_points = fields.Float(
        digits=(16, 2), compute="_compute_sides", compute_sudo=True
    )
    other_orders = fields.Integer(compute="_compute_sides", compute_sudo=True)
    other_last_on = fields.Date(compute="_compute_sides", compute_sudo=True)

    @api.depends_context("company", "allowed_company_ids")
    @api.depends("partner_id", "other_id")
    def _compute_sides(self):
        customers = self.partner_id | self.other_id
        figures = self._get_figures_of(customers)
        for pair in self:
            for field, side in SIDES:
                customer = pair[field]
                tier, points, orders, last_on = figures.get(
                    customer.id, (False, 0, 0, False)
                )
                pair[f"{side}_address"] = customer._display_address(
                    without_company=True
                ).strip()
                pair[f"{side}_tier_id"] = tier
                pair[f"{side}_points"] = points
                pair[f"{side}_orders"] = orders
                pair[f"{side}_last_on"] = last_on

    @api.model
    def _get_figures_of(self, customers):
        """Return tier, points, orders and last purchase of customers, by their id.

        In the companies that the reader looks at.
        """
        tiers = customers._get_member_tiers(self.env.company)
        points = dict(
            self.env["loyalty.card"]._read_group(
                [
                    ("member_owner_id", "in", customers.ids),
                    ("member_program_id.company_id", "in", self.env.companies.ids),
                ],
                ["member_owner_id"],
                ["points:sum"],
            )
        )
        rows = self.env.execute_query(queries.bought(self.env, customers.ids))
        bought = {customer_id: (count, day) for customer_id, count, day in rows}
        return {
            customer.id: (
                tiers.get(customer.id, False),
                points.get(customer, 0),
                *bought.get(customer.id, (0, False)),
            )
            for customer in customers
        }
