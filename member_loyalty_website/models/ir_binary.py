from odoo import models
from odoo.exceptions import MissingError
from odoo.http import request


class IrBinary(models.AbstractModel):
    """What the suite assumes of Odoo here: /web/image asks ``_find_record`` whether a
    picture may be seen.
    """

    _inherit = "ir.binary"

    def _find_record(self, *args, **kwargs):
        """Override of `base`: products hidden from a customer have no picture."""
        record = super()._find_record(*args, **kwargs)
        product = self._get_pictured_product(record)
        if product and request and not self.env.user._is_internal():
            on_sale = self.env["website"]._get_on_sale_domain()
            if not on_sale.is_true() and not product.sudo().filtered_domain(on_sale):
                raise MissingError(self.env._("There is no such picture."))
        return record

    def _get_pictured_product(self, record):
        """Return the product that a record is, or is a picture of."""
        if record._name in ("product.template", "product.product"):
            return record
        if record._name == "product.image":
            picture = record.sudo()
            return picture.product_tmpl_id or picture.product_variant_id.product_tmpl_id
        return None
