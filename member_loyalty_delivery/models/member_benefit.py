from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MemberBenefit(models.Model):
    """The part of the freight that the company pays, and of which deliveries."""

    _inherit = "member.benefit"

    kind = fields.Selection(
        selection_add=[("freight", "Part of the freight, or free shipping")],
        ondelete={"freight": lambda benefits: benefits._outlive_kind()},
    )
    freight_percent = fields.Float(
        string="Freight Paid by You (%)",
        digits=(5, 2),
        default=100,
        tracking=True,
        help="Percent of what the delivery costs. 100 is free shipping.",
    )
    freight_cap = fields.Monetary(
        string="At Most per Order",
        tracking=True,
        help="0: without a limit. In your company's currency, counted as the delivery's"
        " price is: with its taxes when they are included.",
    )
    freight_minimum = fields.Monetary(
        string="From an Order of",
        tracking=True,
        help="What is bought, with taxes and without delivery, before benefits and"
        " gift cards. With a product line: what is bought of it. 0: from any order.",
    )
    freight_carrier_ids = fields.Many2many(
        comodel_name="delivery.carrier",
        string="Delivery Methods",
        domain="[('company_id', 'in', (False, company_id))]",
        help="Empty: any delivery method.",
    )
    freight_country_ids = fields.Many2many(
        comodel_name="res.country",
        relation="member_benefit_freight_country_rel",
        string="Delivered to Countries",
        help="The country of the delivery address. Empty, without country groups too:"
        " anywhere.",
    )
    freight_country_group_ids = fields.Many2many(
        comodel_name="res.country.group",
        string="Delivered to Country Groups",
        help="Counts beside the countries.",
    )

    _freight_percent_in_range = models.Constraint(
        "CHECK(kind != 'freight' OR (freight_percent > 0 AND freight_percent <= 100))",
        "Enter a freight subsidy above 0 and up to 100 percent. 100 is free shipping.",
    )
    _freight_amounts_not_negative = models.Constraint(
        "CHECK(freight_cap >= 0 AND freight_minimum >= 0)",
        "The limit of a freight subsidy and the order it asks for cannot be below zero."
        " Enter 0 for none.",
    )

    @api.model
    def _get_kind_looks(self):
        """Override: how freight looks in the catalogue."""
        return {**super()._get_kind_looks(), "freight": ("logistics", "fa-truck")}

    @api.constrains("freight_carrier_ids", "program_id")
    def _check_carriers_of_company(self):
        for benefit in self:
            foreign = benefit.freight_carrier_ids.filtered(
                lambda carrier, one=benefit: (
                    carrier.company_id and carrier.company_id != one.company_id
                )
            )
            if foreign:
                raise ValidationError(
                    self.env._(
                        "The delivery method %(carrier)s belongs to %(company)s. Choose"
                        " one of the program's own company, or one of all companies.",
                        carrier=foreign[0].name,
                        company=foreign[0].company_id.name,
                    )
                )

    def _get_freight_country_ids(self):
        """Return the countries that the benefit holds for; None for all."""
        self.ensure_one()
        groups = self.freight_country_group_ids
        countries = self.freight_country_ids | groups.country_ids
        return frozenset(countries.ids) if countries or groups else None
