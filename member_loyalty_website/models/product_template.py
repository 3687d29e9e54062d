from odoo import models


class ProductTemplate(models.Model):
    """A product in the shop: what of it only members see.

    What the suite assumes of Odoo here: addresses that name a product ask
    ``can_access_from_current_website``, lists and carts ask the domains of the website.
    """

    _name = "product.template"
    _inherit = [
        "member.catalogue.access",
        "member.catalogue.price",
        "member.catalogue.product",
        "member.sale.shop",
        "member.shop.price",
        "member.stock.look",
        "product.template",
    ]

    def can_access_from_current_website(self, website_id=False):
        """Override of `website`: what one may not buy yet is not found."""
        if not super().can_access_from_current_website(website_id):
            return False
        domain = self.env["website"]._get_on_sale_domain()
        return domain.is_true() or self.sudo().filtered_domain(domain) == self

    def _get_page_documents(self):
        """Return the documents on the product page that the visitor may open."""
        self.ensure_one()
        shown = self.sudo().product_document_ids.filtered("shown_on_product_page")
        user = self.env.user
        return shown if user._is_internal() else shown._get_openable(user.partner_id)

    def _get_closed_page_documents(self):
        """Return the documents on the product page that only other members open.

        Those that no benefit opens are left out.
        """
        self.ensure_one()
        shown = self.sudo().product_document_ids.filtered("shown_on_product_page")
        closed = shown - self._get_page_documents()
        return closed.filtered(lambda one: one.member_level_id._is_opened())

    def _get_member_only_until(self):
        """Return the day from which everybody may buy the product, if it is to come."""
        self.ensure_one()
        company = self.env["website"].get_current_website().company_id
        return self._filter_member_only(company).member_public_on
