from odoo import models
from odoo.http import request

from ..logic.member_sale import sale_price


class MemberSaleShop(models.AbstractModel):
    """The price of member sales in the shop, beside the normal one."""

    _name = "member.sale.shop"
    _description = "Member Sales in the Shop"

    def _get_sales_prices(self, website):
        """Override of `website_sale` to show the prices of sales in lists."""
        prices = super()._get_sales_prices(website)
        partner = self.env.user.partner_id
        offered = self and self._find_sales_for_visitor(website)
        if not offered:
            return prices
        normal_list = self._get_normal_pricelist(partner, website)
        for template in self:
            covering = [one for one in offered if one[0]._covers(template)]
            if not covering:
                continue
            normal = normal_list._get_product_price(
                template, 1.0, currency=website.currency_id
            )
            shown = prices[template.id]
            best = self._find_best_sale(covering, template, normal, website)
            if best and best[0] < shown["price_reduce"]:
                shown.update(
                    price_reduce=best[0],
                    base_price=self._get_shown_price(normal, template, website),
                    member_price_label=best[1].name,
                )
        return prices

    def _get_additionnal_combination_info(
        self, product_or_template, quantity, uom, date, website
    ):
        """Override of `website_sale` to show the price of a sale on the page."""
        info = super()._get_additionnal_combination_info(
            product_or_template, quantity, uom, date, website
        )
        info["member_sale_block"] = ""
        Event = self.env["member.sale.event"]
        running = Event._find_open(website.sudo().company_id).filtered(
            lambda one: (
                one.website_id.id in (False, website.id)
                and one._covers(product_or_template)
            )
        )
        if not running or info["prevent_zero_price_sale"]:
            return info
        offered = [
            one for one in self._find_sales_for_visitor(website) if one[0] in running
        ]
        if not offered:
            info["member_sale_block"] = running[0]._render_block(None)
            return info
        self._put_sale_in(info, offered, product_or_template, quantity, uom, website)
        return info

    def _put_sale_in(self, info, offered, product, quantity, uom, website):
        """Put the price of the best sale into what the page shows, if it is lower."""
        partner, currency = self.env.user.partner_id, info["currency"]
        normal = self._get_normal_pricelist(partner, website)._get_product_price(
            product, quantity, uom=uom, currency=currency
        )
        best = self._find_best_sale(offered, product, normal, website, uom)
        if not best:
            info["member_sale_block"] = offered[0][0]._render_block(offered[0][1])
            return
        price, event, membership = best
        if currency.compare_amounts(price, info["price"]) >= 0:
            return
        info.update(
            price=price,
            list_price=self._get_shown_price(normal, product, website),
            has_discounted_price=True,
            member_price_label=event.name,
            member_sale_block=event._render_block(membership),
        )
        info.pop("compare_list_price", None)

    def _find_best_sale(self, offered, product, normal, website, uom=None):
        """Return the lowest price that is left: (price shown, sale, membership)."""
        found = []
        factor = 1.0
        if uom:
            factor = uom._compute_quantity(1.0, product.uom_id, round=False)
        for event, membership in offered:
            facts = event._prepare_sale(website.currency_id, membership)
            if facts.left is not None and facts.left <= 0:
                continue
            decimal = type(facts.percent)
            price = sale_price(facts, decimal(str(normal)), decimal(str(factor)))
            shown = self._get_shown_price(float(price), product, website)
            found.append((shown, event.id, event, membership))
        if not found:
            return None
        price, _id, event, membership = min(found, key=lambda one: one[:2])
        return price, event, membership

    def _find_sales_for_visitor(self, website):
        """Return the sales that the visitor may take part in."""
        user = self.env.user
        if not request or user._is_public():
            return []
        return self.env["member.sale.event"]._find_for(user.partner_id, website)
