from odoo import models


class SaleReport(models.Model):
    _name = "sale.report"
    _inherit = ["member.customer.grouping", "sale.report"]
