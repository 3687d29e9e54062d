from odoo import models
from odoo.exceptions import MissingError
from odoo.http import request

PRODUCTS = ("product.template", "product.product")


class IrBinary(models.AbstractModel):
    """What the suite assumes of Odoo here: /web/image and /web/content ask
    ``_find_record`` whether a picture or file may be seen.
    """

    _inherit = "ir.binary"

    def _find_record(self, *args, **kwargs):
        """Override of `base`: hidden products have neither pictures nor files."""
        record = super()._find_record(*args, **kwargs)
        if not request or self.env.user._is_internal():
            return record
        on_sale = self.env["website"]._get_on_sale_domain()
        if on_sale.is_true():
            return record
        product = self._get_product_behind(record)
        if product and not product.sudo().filtered_domain(on_sale):
            raise MissingError(self.env._("There is no such file."))
        return record

    def _get_product_behind(self, record):
        """Return the product that a record is, or is a picture or file of."""
        if record._name in PRODUCTS:
            return record
        if record._name == "product.image":
            picture = record.sudo()
            return picture.product_tmpl_id or picture.product_variant_id.product_tmpl_id
        if record._name == "product.document":
            record = record.ir_attachment_id
        if record._name == "ir.attachment":
            file = record.sudo()
            if file.res_model in PRODUCTS and file.res_id:
                return self.env[file.res_model].browse(file.res_id).exists()
        return None
