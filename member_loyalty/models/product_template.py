from odoo import api, fields, models, tools

from ..logic.early_access import latest_date_for_sale, starts_on


class ProductTemplate(models.Model):
    """A product that is not on sale for everybody yet."""

    _inherit = "product.template"

    member_public_on = fields.Date(
        string="On Sale from",
        index="btree_not_null",
        copy=False,
        help="From this day on everybody may buy the product. Before, only members may"
        " who have a benefit “Buying new products early”: the days it says sooner, by"
        " the calendar of the company that sells. Empty: everybody, at once.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `product` to know of products that are not on sale yet."""
        products = super().create(vals_list)
        if any(vals.get("member_public_on") for vals in vals_list):
            self._forget_public_days()
        return products

    def write(self, vals):
        """Override of `product` to know of products that are not on sale yet."""
        result = super().write(vals)
        if "member_public_on" in vals:
            self._forget_public_days()
        return result

    @api.model
    def _forget_public_days(self):
        """Have the days asked for anew, also by who looked before the commit."""
        self.env.registry.clear_cache()
        self.env.cr.postcommit.add(self.env.registry.clear_cache)

    @api.model
    @tools.ormcache()
    def _get_last_public_day(self):
        """Return the latest day from which a product is on sale, or None.

        Kept, so that whoever sells nothing later pays for no question.
        """
        products = self.sudo().with_context(active_test=False)
        last = products.search(
            [("member_public_on", "!=", False)], order="member_public_on desc", limit=1
        )
        return last.member_public_on or None

    @api.model
    def _is_any_waiting(self, company):
        """Tell whether any product is not on sale for everybody yet, in a company."""
        last = self._get_last_public_day()
        return bool(last and last > company._member_today())

    @api.model
    def _get_sale_domain(self, partner, company):
        """Return which products a customer may buy today.

        It holds for products and for their variants.
        """
        if not self._is_any_waiting(company):
            return fields.Domain.TRUE
        today = company._member_today()
        on_sale = fields.Domain("member_public_on", "=", False) | fields.Domain(
            "member_public_on", "<=", latest_date_for_sale(today)
        )
        for _membership, benefit in self._find_early_access(partner, company):
            last = latest_date_for_sale(today, benefit.days_early)
            early = fields.Domain("member_public_on", "<=", last)
            if benefit.category_ids:
                early &= fields.Domain("categ_id", "child_of", benefit.category_ids.ids)
            on_sale |= early
        return on_sale

    @api.model
    def _find_early_access(self, partner, company):
        """Return what lets a customer buy earlier: list of (membership, benefit)."""
        Benefit = self.env["member.benefit"]
        if not partner or not Benefit._is_kind_granted(company, "early_access"):
            return []
        day = company._member_today()
        return Benefit._find_granted(partner, company, day, "early_access")[partner.id]

    def _get_sale_day(self, granted):
        """Return the first day on which somebody may buy the product; None: always.

        :param granted: list of (membership, benefit) of kind "early_access"
        """
        self.ensure_one()
        public_on = self.sudo().member_public_on
        if not public_on:
            return None
        days = [
            benefit.days_early
            for _membership, benefit in granted
            if benefit._covers_product(self.sudo())
        ]
        return starts_on(public_on, max(days, default=0))

    def _filter_member_only(self, company):
        """Return those of the products that only members may buy today, with rights."""
        if not self._is_any_waiting(company):
            return self.browse()
        today = company._member_today()
        return self.sudo().filtered(
            lambda one: one.member_public_on and one.member_public_on > today
        )
