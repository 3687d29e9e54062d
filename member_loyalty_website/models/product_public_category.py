from odoo import api, models
from odoo.fields import Domain


class ProductPublicCategory(models.Model):
    """A category of the shop: hidden with all that is below it.

    What the suite assumes of Odoo here: addresses ask
    ``can_access_from_current_website``; lists and trees show others than employees
    those with ``has_published_products`` only.
    """

    _inherit = "product.public.category"

    def can_access_from_current_website(self, website_id=False):
        """Override of `website`: a hidden category is not found."""
        if not super().can_access_from_current_website(website_id):
            return False
        hidden = self._get_hidden_domain()
        return hidden.is_false() or not self.sudo().filtered_domain(hidden)

    def _compute_has_published_products(self):
        """Override of `website_sale`: for who asks, a hidden category has none."""
        result = super()._compute_has_published_products()
        hidden = self._get_hidden_domain()
        if not hidden.is_false():
            self.sudo().filtered_domain(hidden).has_published_products = False
        return result

    @api.model
    def _search_has_published_products(self, operator, value):
        """Override of `website_sale`: for who asks, a hidden category has none."""
        found = super()._search_has_published_products(operator, value)
        hidden = self._get_hidden_domain()
        if found is NotImplemented or hidden.is_false():
            return found
        return Domain(found) & ~hidden

    @api.model
    def _search_get_detail(self, website, order, options):
        """Override of `website_sale`: the search finds no hidden categories."""
        detail = super()._search_get_detail(website, order, options)
        hidden = self._get_hidden_domain()
        if not hidden.is_false():
            detail["base_domain"] = [*detail["base_domain"], ~hidden]
        return detail

    @api.model
    def _get_hidden_domain(self):
        """Return the categories that are hidden from who asks, with those below."""
        hidden = self.env["website"]._get_hidden_category_ids()
        if not hidden:
            return Domain.FALSE
        Rule = self.env["member.catalogue.rule"]
        return Domain("id", "in", Rule._get_below(self._name, frozenset(hidden)))
