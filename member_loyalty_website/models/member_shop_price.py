from typing import NamedTuple

from odoo import models
from odoo.http import request


class MemberPricing(NamedTuple):
    """By what a buyer's prices differ from those of others."""

    label: str
    normal_pricelist: models.BaseModel


class MemberShopPrice(models.AbstractModel):
    """The price that a buyer has as a member, beside the normal one."""

    _name = "member.shop.price"
    _description = "Price of Members in the Shop"

    def _get_sales_prices(self, website):
        """Override of `website_sale` to say in the shop which prices are members'."""
        prices = super()._get_sales_prices(website)
        pricing = self and self._find_member_pricing(website)
        if not pricing:
            return prices
        normal_prices = pricing.normal_pricelist._get_products_price(
            self, 1.0, currency=website.currency_id
        )
        for template in self:
            normal = self._get_shown_price(
                normal_prices[template.id], template, website
            )
            shown = prices[template.id]
            if website.currency_id.compare_amounts(normal, shown["price_reduce"]) == 1:
                shown.update(base_price=normal, member_price_label=pricing.label)
        return prices

    def _get_additionnal_combination_info(
        self, product_or_template, quantity, uom, date, website
    ):
        """Override of `website_sale` to show a product's normal price beside."""
        info = super()._get_additionnal_combination_info(
            product_or_template, quantity, uom, date, website
        )
        info["member_price_label"] = ""
        pricing = self._find_member_pricing(website)
        if not pricing or info["prevent_zero_price_sale"]:
            return info
        currency = info["currency"]
        normal_price = pricing.normal_pricelist._get_product_price(
            product_or_template, quantity, uom=uom, currency=currency
        )
        normal = self._get_shown_price(normal_price, product_or_template, website)
        if currency.compare_amounts(normal, info["price"]) == 1:
            info.update(
                member_price_label=pricing.label,
                list_price=normal,
                has_discounted_price=True,
            )
            info.pop("compare_list_price", None)
        return info

    def _get_shown_price(self, price, product, website):
        """Return a price with or without taxes, as the website shows prices.

        :param product: product or template
        """
        company = self.env.company
        company_taxes = product.sudo().taxes_id._filter_taxes_by_company(company)
        taxes = request.fiscal_position.map_tax(company_taxes)
        return self._apply_taxes_to_price(
            price, website.currency_id, company_taxes, taxes, product, website=website
        )

    def _find_member_pricing(self, website):
        """Return what the buyer's prices differ by; nothing unless they are a member's.

        :return: ``MemberPricing`` or None
        """
        pricelist = request.pricelist
        if not pricelist or not pricelist._is_for_members():
            return None
        partner = self.env.user.partner_id
        membership = self._find_priced_membership(partner, pricelist)
        if not membership:
            return None
        label = self.env._(
            "Your %(tier)s price",
            tier=membership.tier_id.with_env(self.env).sudo().name,
        )
        return MemberPricing(label, self._get_normal_pricelist(partner, website))

    def _find_priced_membership(self, partner, pricelist):
        """Return the membership by which a buyer has a price list."""
        company = self.env.company
        granted = self.env["member.benefit"]._find_granted(
            partner, company, company._member_today(), *("discount", "pricelist")
        )
        for membership, benefit in granted[partner.id]:
            if benefit._get_pricelist() == pricelist:
                return membership
        return None

    def _get_normal_pricelist(self, partner, website):
        """Return the price list that the buyer would have in this shop as no member."""
        pricelists = self.env["product.pricelist"].sudo()
        normal = pricelists._get_normal_pricelists(partner.ids)[partner.id].sudo()
        offered = website.get_pricelist_available().sudo()
        offered = offered.filtered(lambda one: not one._is_for_members())
        return normal if normal in offered or not offered else offered[:1]
