from odoo import fields, models


class MemberCatalogueProduct(models.AbstractModel):
    """A product that rules hide from some, or show them with a lock."""

    _name = "member.catalogue.product"
    _description = "Product of a Catalogue"

    member_catalogue_rule_ids = fields.Many2many(
        comodel_name="member.catalogue.rule",
        relation="member_catalogue_rule_product_template_rel",
        column1="product_tmpl_id",
        column2="rule_id",
        string="Catalogue Rules",
        copy=True,
        # visitors are asked for the rule's products, not for the rule
        bypass_search_access=True,
        help="Who sees the product in the shop. Rules for its categories hold too.",
    )

    def _is_locked(self):
        """Tell whether the visitor sees the product and may not buy it."""
        self.ensure_one()
        locked = self.env["website"]._get_locked_domain()
        return not locked.is_false() and bool(self.sudo().filtered_domain(locked))

    def _get_lock_tiers(self):
        """Return the names of the tiers that open the product; none: every member.

        None when it has no lock.
        """
        self.ensure_one()
        if not self._is_locked():
            return None
        website = self.env["website"]
        closed = website._get_closed_rules(self.env.user.partner_id)
        Rule = self.env["member.catalogue.rule"]
        for rule in closed:
            domain = Rule._get_covered_domain(rule)
            if rule.is_teaser and self.sudo().filtered_domain(domain):
                tiers = Rule.browse(rule.rule_id).sudo().tier_ids.sorted("sequence")
                return tiers.with_env(self.env).sudo().mapped("name")
        return []

    def _can_be_added_to_cart(self):
        """Override of `website_sale`: what has a lock is not bought."""
        return super()._can_be_added_to_cart() and not self._is_locked()

    def _website_show_quick_add(self):
        """Override of `website_sale`: what has a lock is not bought."""
        return super()._website_show_quick_add() and not self._is_locked()

    def _to_markup_data(self, website):
        """Override of `website_sale`: what has a lock tells machines no price."""
        data = super()._to_markup_data(website)
        if not self._is_locked():
            return data
        for part in (data, *data.get("hasVariant", ())):
            part.pop("offers", None)
        return data

    def _get_sales_prices(self, website):
        """Override of `website_sale`: what has a lock shows no price."""
        prices = super()._get_sales_prices(website)
        locked = self.env["website"]._get_locked_domain()
        if locked.is_false():
            return prices
        for template in self.sudo().filtered_domain(locked):
            prices[template.id] = {"price_reduce": 0.0, "member_lock": True}
        return prices

    def _get_additionnal_combination_info(
        self, product_or_template, quantity, uom, date, website
    ):
        """Override of `website_sale`: what has a lock shows no price."""
        info = super()._get_additionnal_combination_info(
            product_or_template, quantity, uom, date, website
        )
        template = product_or_template
        if template._name == "product.product":
            template = template.product_tmpl_id
        if not template._is_locked():
            return info
        info.pop("compare_list_price", None)
        info.update(
            price=0.0,
            list_price=0.0,
            has_discounted_price=False,
            prevent_zero_price_sale=True,
        )
        for name in ("base_unit_price", "member_price_label"):
            if name in info:
                info[name] = "" if name == "member_price_label" else 0.0
        return info
