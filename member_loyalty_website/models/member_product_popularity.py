from odoo import fields, models


class MemberProductPopularity(models.Model):
    """In how many confirmed orders of a company a product was, lately."""

    _name = "member.product.popularity"
    _description = "How Often a Product Is Bought"
    _log_access = False
    _order = "order_count desc, id"
    _rec_name = "product_tmpl_id"

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    product_tmpl_id = fields.Many2one(
        comodel_name="product.template",
        string="Product",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    order_count = fields.Integer(string="Orders", required=True, readonly=True)

    _product_of_company = models.UniqueIndex("(company_id, product_tmpl_id)")
