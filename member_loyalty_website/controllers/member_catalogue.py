from werkzeug.exceptions import NotFound

from odoo.http import request, route

from odoo.addons.website_sale.controllers.combo_configurator import (
    WebsiteSaleComboConfiguratorController,
)
from odoo.addons.website_sale.controllers.main import WebsiteSale
from odoo.addons.website_sale.controllers.product_configurator import (
    WebsiteSaleProductConfiguratorController,
)


class MemberCatalogue(WebsiteSale):
    """Shows no category and no product that is not for the visitor."""

    @route()
    def products_recently_viewed_update(self, product_id, **kwargs):
        """Override of `website_sale`: one cannot look at what is hidden."""
        product = request.env["product.product"].sudo().browse(int(product_id or 0))
        template = product.exists().product_tmpl_id
        if (
            template
            and not template.with_env(request.env).can_access_from_current_website()
        ):
            raise NotFound()
        return super().products_recently_viewed_update(product_id, **kwargs)

    def _get_shop_domain(self, *args, **kwargs):
        """Override of `website_sale`: the range of prices tells none that is locked."""
        domain = super()._get_shop_domain(*args, **kwargs)
        locked = request.website._get_locked_domain()
        return domain if locked.is_false() else domain & ~locked


def check_named_product(product_template_id):
    """Let calls pass that name a product that the visitor may buy.

    :raises NotFound: for others
    """
    try:
        number = int(product_template_id or 0)
    except (TypeError, ValueError):
        raise NotFound() from None
    if not 0 < number < 2**31:
        return
    product = request.env["product.template"].browse(number).exists()
    if product and not (
        product.can_access_from_current_website() and not product._is_locked()
    ):
        raise NotFound()


class MemberProductConfigurator(WebsiteSaleProductConfiguratorController):
    """Configures no product that is not for the visitor.

    A part of a combo comes with the combo: it is asked for in whole.
    """

    def _get_product_template(self, product_template_id):
        """Override of `sale`: all ways of the configurator come by here."""
        product = super()._get_product_template(product_template_id)
        if not product.env.su:
            check_named_product(product.id)
        return product

    def _should_show_product(self, product_template, parent_combination):
        """Override of `website_sale` to suggest what the visitor may buy."""
        return (
            super()._should_show_product(product_template, parent_combination)
            and product_template.can_access_from_current_website()
            and not product_template._is_locked()
        )

    @route()
    def website_sale_should_show_product_configurator(
        self, product_template_id, *args, **kwargs
    ):
        """Override of `website_sale`: the product is named by a parameter here."""
        check_named_product(product_template_id)
        return super().website_sale_should_show_product_configurator(
            product_template_id, *args, **kwargs
        )


class MemberComboConfigurator(WebsiteSaleComboConfiguratorController):
    """Puts no combo together that is not for the visitor."""

    @route()
    def website_sale_combo_configurator_get_data(self, *args, **kwargs):
        """Override of `website_sale`: the product is named by a parameter here."""
        check_named_product(kwargs.get("product_tmpl_id"))
        return super().website_sale_combo_configurator_get_data(*args, **kwargs)

    @route()
    def website_sale_combo_configurator_get_price(self, *args, **kwargs):
        """Override of `website_sale`: the product is named by a parameter here."""
        check_named_product(kwargs.get("product_tmpl_id"))
        return super().website_sale_combo_configurator_get_price(*args, **kwargs)
