from datetime import timedelta

from odoo import api, fields, models

from ..queries import portrait as queries

PRODUCTS = 8
PAIRED = 30
PAIRS = 5
TOGETHER = 2  # orders that make a combination
CATEGORIES = 5
TRAIL = 6
TRAIL_DAYS = 90


class MemberPortraitProducts(models.AbstractModel):
    """What the customer likes: bought often, bought together, looked at."""

    _name = "member.portrait.products"
    _description = "Products in a Portrait"

    @api.model
    def _portray_products(self, subject):
        """Return favourite products, combinations of them, and product categories."""
        products, pairs = self._get_favourites(subject)
        categories = self._get_categories(subject)
        if not products and not categories:
            return {}
        return {"products": products, "pairs": pairs, "categories": categories}

    @api.model
    def _get_favourites(self, subject):
        """Return the products in most of the orders seen, and pairs of them."""
        if not self._may_read("sale.order") or not self._may_read("product.product"):
            return [], []
        seen = self._get_orders_seen(subject)
        rows = self.env.execute_query(
            queries.favourite_products(self.env, seen, PAIRED)
        )
        together = []
        if len(rows) > 1:
            together = self.env.execute_query(
                queries.bought_together(
                    self.env, seen, [row[0] for row in rows], TOGETHER, PAIRS
                )
            )
        named = {row[0] for row in rows[:PRODUCTS]}
        named.update(*(pair[:2] for pair in together))
        names = self._name_products(named)
        products = [
            {
                **names[product_id],
                "orders": orders,
                "units": self._format_number(units),
                "last_on": self._format_day(last),
            }
            for product_id, orders, units, last in rows[:PRODUCTS]
            if product_id in names
        ]
        pairs = [
            {"products": [names[one], names[other]], "orders": orders}
            for one, other, orders in together
            if one in names and other in names
        ]
        return products, pairs

    @api.model
    def _name_products(self, product_ids):
        """Return the links of the products that the reader may see, by id."""
        products = self.env["product.product"].browse(sorted(product_ids))
        seen = products.exists()._filtered_access("read")
        return {product.id: self._link(product) for product in seen}

    @api.model
    def _get_categories(self, subject):
        """Return the product categories with most purchases, from the journal."""
        if not self._may_read("member.activity.line"):
            return []
        rows = self.env.execute_query(
            queries.favourite_categories(
                self.env, *self._get_journal_key(subject), CATEGORIES
            )
        )
        categories = self.env["product.category"].browse(row[0] for row in rows)
        if not rows or not categories.has_access("read"):
            return []
        most = max(amount for _category, amount in rows)
        return [
            {
                **self._link(category),
                "amount": self._format_amount(amount),
                "percent": round(100 * amount / most),
            }
            for category, (_id, amount) in zip(categories, rows, strict=True)
        ]

    @api.model
    def _portray_trail(self, subject):
        """Return what the customer's people looked at in the shop lately.

        Only where the shop is installed, and for readers of its visitors.
        """
        if not self._may_read("website.track"):
            return {}
        Track = self.env["website.track"]
        if "product_id" not in Track._fields or not self._may_read("website.visitor"):
            return {}
        since = fields.Datetime.now() - timedelta(days=TRAIL_DAYS)
        groups = Track._read_group(
            [
                ("visitor_id.partner_id", "in", subject.contacts.ids),
                ("product_id", "!=", False),
                ("visit_datetime", ">=", since),
            ],
            ["product_id"],
            ["__count", "visit_datetime:max"],
            order="__count desc, visit_datetime:max desc",
            limit=TRAIL,
        )
        names = self._name_products([product.id for product, *_rest in groups])
        views = [
            {
                **names[product.id],
                "views": count,
                "last_on": self._format_day(last),
            }
            for product, count, last in groups
            if product.id in names
        ]
        return views and {"views": views, "days": TRAIL_DAYS}
