from odoo import models
from odoo.fields import Domain


class MemberWebsiteEarlyAccess(models.AbstractModel):
    """A shop that shows products to who may buy them."""

    _name = "member.website.early.access"
    _description = "Products on Sale on a Website"

    def _get_on_sale_domain(self):
        """Return which products the visitor may see; employees see all."""
        if self.env.user._is_internal():
            return Domain.TRUE
        return self._get_sale_domain_of(self.env.user.partner_id)

    def _get_sale_domain_of(self, partner):
        """Return which products a contact may buy in this shop."""
        company = self.sudo().get_current_website().company_id
        return self.env["product.template"]._get_sale_domain(partner, company)

    def _product_domain(self):
        """Override of `website_sale` to leave out what is not on sale yet."""
        domain = super()._product_domain()
        on_sale = self._get_on_sale_domain()
        # a list has to stay one: the shop may change its parts in place
        return domain if on_sale.is_true() else [*domain, *on_sale]

    def _get_basic_feed_product_domain(self):
        """Override of `website_sale`: feeds are public."""
        nobody = self.env["res.partner"]
        return super()._get_basic_feed_product_domain() & self._get_sale_domain_of(
            nobody
        )
