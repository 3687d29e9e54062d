from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MemberBenefitProduct(models.AbstractModel):
    """A free product: which ones members may choose from, and how many they get."""

    _name = "member.benefit.product"
    _description = "Free Product"

    product_ids = fields.Many2many(
        comodel_name="product.product",
        relation="member_benefit_product_product_rel",
        column1="member_benefit_id",
        column2="product_product_id",
        string="Products to Choose from",
        copy=True,
        help="The member has one of them for nothing.",
    )
    product_quantity = fields.Integer(
        string="Pieces per Use",
        required=True,
        default=1,
        help="How many pieces the member gets each time, in the product's unit.",
    )

    _product_quantity_positive = models.Constraint(
        "CHECK(product_quantity > 0)",
        "A free product comes at least once. Enter 1 or more pieces per use.",
    )

    @api.constrains("kind", "product_ids", "program_id")
    def _check_products(self):
        for benefit in self.filtered(lambda one: one.kind == "product"):
            if not benefit.product_ids:
                raise ValidationError(
                    self.env._(
                        "There is nothing to have for %(benefit)s. Choose at least one"
                        " product.",
                        benefit=benefit.name,
                    )
                )
            for product in benefit.product_ids.sudo():
                benefit._check_product(product)

    def _check_product(self, product):
        """Let pass products that orders of the benefit's company can give away.

        :raises ValidationError: for others
        """
        company = product.company_id
        if company and company != self.company_id:
            raise ValidationError(
                self.env._(
                    "%(product)s belongs to %(company)s. Choose products of the"
                    " program's own company, or of all companies.",
                    product=product.display_name,
                    company=company.name,
                )
            )
        if product.type == "combo":
            raise ValidationError(
                self.env._(
                    "%(product)s is a choice of products itself. Choose the products"
                    " that members may have.",
                    product=product.display_name,
                )
            )
