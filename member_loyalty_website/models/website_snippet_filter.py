from odoo import api, models


class WebsiteSnippetFilter(models.Model):
    """Blocks of products on any page."""

    _inherit = "website.snippet.filter"

    @api.model
    def _get_products(self, mode, **kwargs):
        """Override of `website_sale` to leave out what is not on sale yet."""
        on_sale = self.env["website"]._get_on_sale_domain()
        if on_sale.is_true():
            return super()._get_products(mode, **kwargs)
        searched = self.env.context.get("search_domain") or []
        filters = self.with_context(search_domain=[*searched, *on_sale])
        return super(WebsiteSnippetFilter, filters)._get_products(mode, **kwargs)
