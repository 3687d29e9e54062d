from odoo import models
from odoo.fields import Domain


class MemberWebsiteCatalogue(models.AbstractModel):
    """A shop that shows each visitor the products that are for them.

    Two questions: what a visitor sees (products with a lock too), and what they buy.
    """

    _name = "member.website.catalogue"
    _description = "Catalogue of a Website"
    _inherit = ["member.catalogue.visitor"]

    def _get_on_sale_domain(self):
        """Override of `member.website.early.access`: and what no rule hides."""
        if not self._is_catalogue_narrowed():
            return super()._get_on_sale_domain()
        partner = self.env.user.partner_id
        closed = self._get_closed_rules(partner)
        hiding = [rule for rule in closed if not rule.is_teaser]
        # what is not on sale yet; a lock hides nothing
        on_sale = super()._get_sale_domain_of(partner)
        return on_sale & self._get_catalogue_domain(hiding)

    def _get_sale_domain_of(self, partner):
        """Override of `member.website.early.access`: and what no rule closes."""
        domain = super()._get_sale_domain_of(partner)
        return domain & self._get_catalogue_domain(self._get_closed_rules(partner))

    def _get_locked_domain(self):
        """Return the products that the visitor sees and may not buy, or nothing."""
        if not self._is_catalogue_narrowed():
            return Domain.FALSE
        closed = self._get_closed_rules(self.env.user.partner_id)
        return ~self._get_catalogue_domain([one for one in closed if one.is_teaser])

    def _is_catalogue_narrowed(self):
        """Tell whether rules concern who asks; employees see all."""
        return bool(self._get_catalogue_rules()) and not self.env.user._is_internal()

    def _get_catalogue_domain(self, closed):
        """Return the products that none of the rules speaks of."""
        Rule = self.env["member.catalogue.rule"]
        return Domain.AND(~Rule._get_covered_domain(rule) for rule in closed)

    def _get_hidden_category_ids(self):
        """Return the shop's categories that are hidden from who asks, not those below.

        :rtype: list[int]
        """
        if not self._is_catalogue_narrowed():
            return []
        closed = self._get_closed_rules(self.env.user.partner_id)
        return sorted(
            {
                category
                for rule in closed
                if not rule.is_teaser
                for category in rule.range.shop_categories
            }
        )

    def _get_and_cache_current_cart(self):
        """Override of `website_sale`: a cart keeps what its buyer may still buy.

        And the prices of sales that still hold.
        """
        cart = super()._get_and_cache_current_cart()
        if cart and not self.env.cr.readonly:
            cart._take_off_closed_products()
            cart._follow_member_sales()
        return cart

    def _enumerate_pages(self, *args, **kwargs):
        """Override of `website`: the public map names nothing that a rule hides.

        Odoo keeps the map for whoever asks next, wherever they come from: what is
        hidden from anybody is not in it.
        """
        left_out = self._get_unmapped_addresses() if self.env.user._is_public() else ()
        for page in super()._enumerate_pages(*args, **kwargs):
            if page["loc"] not in left_out:
                yield page

    def _get_unmapped_addresses(self):
        """Return the addresses of products and categories that are not for all."""
        slug = self.env["ir.http"]._slug
        return {
            *(f"/shop/{slug(one)}" for one in self._find_unmapped_products()),
            *(
                f"/shop/category/{slug(one)}"
                for one in self._find_unmapped_categories()
            ),
        }

    def _find_unmapped_products(self):
        """Return the products that are hidden from anybody, for the public map."""
        hiding = [rule for rule in self._get_catalogue_rules() if not rule.is_teaser]
        if not hiding:
            return self.env["product.template"]
        products = self.env["product.template"].sudo()
        return products.search(~self._get_catalogue_domain(hiding))

    def _find_unmapped_categories(self):
        """Return the shop's categories that are hidden from anybody."""
        hidden = {
            category
            for rule in self._get_catalogue_rules()
            if not rule.is_teaser
            for category in rule.range.shop_categories
        }
        categories = self.env["product.public.category"].sudo()
        if not hidden:
            return categories
        return categories.search([("id", "child_of", sorted(hidden))])
