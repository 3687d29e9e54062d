from werkzeug.exceptions import NotFound

from odoo.http import request, route

from odoo.addons.member_loyalty.controllers.member_document import (
    redirect_to_member_document,
)
from odoo.addons.website_sale.controllers.main import WebsiteSale
from odoo.addons.website_sale.controllers.variant import WebsiteSaleVariantController


class MemberShop(WebsiteSale):
    """Serves documents to who may open them, and tells no price under a lock."""

    @route()
    def product_document(self, product_template, document_id):
        """Override of `website_sale` to let members only open what is for members."""
        document = request.env["product.document"].sudo().browse(document_id).exists()
        return redirect_to_member_document(document) or super().product_document(
            product_template, document_id
        )

    def _get_shop_domain(self, *args, **kwargs):
        """Override of `website_sale`: from which price to which the filter goes."""
        domain = super()._get_shop_domain(*args, **kwargs)
        return domain & ~request.env["website"]._get_locked_domain()


class MemberVariants(WebsiteSaleVariantController):
    """Tells nothing of products that the visitor may not buy yet."""

    @route()
    def get_combination_info_website(self, product_template_id, *args, **kwargs):
        """Override of `website_sale`: the product is named by a parameter here."""
        template = request.env["product.template"].browse(int(product_template_id or 0))
        if template.exists() and not template.can_access_from_current_website():
            raise NotFound()
        return super().get_combination_info_website(
            product_template_id, *args, **kwargs
        )
