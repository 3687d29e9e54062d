from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from ..logic import recommendation
from ..queries import recommendations as queries

SHOWN = 6
TRIED = 60  # of the best ones, before what is not on sale is left out
CONSUMED_DAYS = 180
BOUGHT_MONTHS = 24
# what cards show of a product, and what tells whether it can be had
READ_FIELDS = (
    *("name", "seo_name", "default_code", "categ_id", "type"),
    *("is_storable", "allow_out_of_stock_order"),
)


class Recommendation(NamedTuple):
    """A product to show, and why."""

    product: models.BaseModel
    reason: str


class Evidence(NamedTuple):
    """What is known of a buyer."""

    signals: list
    pairs: list
    excluded: set
    """Bought lately or in the cart: not recommended."""

    @property
    def known_ids(self):
        """Products that the buyer looked at or bought."""
        return {signal.product_id for signal in self.signals}


class MemberRecommender(models.AbstractModel):
    """Recommends products to a buyer who is logged in. Reads only.

    Never recommended: what the buyer may not see or buy now, what is sold out, what is
    in the cart, and what the buyer's company bought in the last 180 days.
    """

    _name = "member.recommender"
    _description = "Recommendations of Products"

    @api.model
    def _recommend(self, partner, website, limit=SHOWN):
        """Return products for a buyer, the best first; may be none.

        :param partner: the contact who looks, which has to be the user's own
        :rtype: list[Recommendation]
        """
        if partner._get_interest_consent() == "refused":
            return []
        evidence = self._get_evidence(partner.sudo(), website)
        ranked = recommendation.rank(
            evidence.signals, evidence.pairs, evidence.excluded
        )
        chosen = self._choose(ranked[:TRIED], website, limit)
        if len(chosen) < limit:
            shown = {one.product.id for one in chosen}
            chosen += self._fill_up(evidence, shown, website, limit - len(chosen))
        return chosen

    def _get_evidence(self, partner, website):
        """Return what is known of a buyer, by one statement."""
        today = website.company_id._member_today()
        bought_since = fields.Date.subtract(today, months=BOUGHT_MONTHS)
        self.env["sale.order.line"].flush_model()
        self.env["sale.order"].flush_model()
        rows = self.env.execute_query(
            queries.evidence(
                partner, website, website._get_first_interest_day(today), bought_since
            )
        )
        evidence = Evidence([], [], set())
        for kind, product_id, other_id, day, figures in rows:
            if kind == "cart":
                evidence.excluded.add(product_id)
            elif kind == "pair":
                pair = recommendation.Pair(product_id, other_id, figures[0])
                evidence.pairs.append(pair)
            else:
                age = (today - day).days
                evidence.signals.append(self._make_signal(product_id, age, figures))
                if kind == "bought" and age <= CONSUMED_DAYS:
                    evidence.excluded.add(product_id)
        return evidence

    def _make_signal(self, product_id, age, figures):
        """Return a signal from the figures of a row: of a look, or of purchases."""
        figures = [int(figure) for figure in figures]
        if len(figures) == 1:
            return recommendation.Signal(product_id, age, orders=figures[0])
        return recommendation.Signal(product_id, age, *figures)

    def _choose(self, ranked, website, limit):
        """Return the best of what may be shown, with the reason in words."""
        named_ids = {one.because_id for one in ranked}
        product_ids = {one.product_id for one in ranked}
        shown = self._filter_shown(website, product_ids | named_ids)
        by_id = {product.id: product for product in shown}
        left = [one for one in ranked if one.product_id in by_id]
        categories = {product.id: product.sudo().categ_id.id for product in shown}
        chosen = []
        for one in recommendation.diversify(left, categories, len(left)):
            product = by_id[one.product_id]
            if not product._is_sold_out_here():
                reason = self._say_why(one, by_id.get(one.because_id))
                chosen.append(Recommendation(product, reason))
            if len(chosen) == limit:
                break
        return chosen

    def _fill_up(self, evidence, shown_ids, website, limit):
        """Return best sellers, for a buyer of whom too little is known."""
        rows = self.env.execute_query(
            queries.best_sellers(
                website.company_id.id,
                evidence.known_ids,
                evidence.excluded | shown_ids,
            )
        )
        shown = self._filter_shown(website, [product_id for product_id, _one in rows])
        categories = self.env["product.public.category"].browse(
            category_id for _product, category_id in rows if category_id
        )
        by_id = {product.id: product for product in shown}
        chosen = []
        for product_id, category_id in rows:
            product = by_id.get(product_id)
            if product and not product._is_sold_out_here():
                category = categories.browse(category_id or [])
                reason = self._say_best_seller(category.with_prefetch(categories.ids))
                chosen.append(Recommendation(product, reason))
            if len(chosen) == limit:
                break
        return chosen

    def _filter_shown(self, website, product_ids):
        """Return the products that the buyer may see and buy in this shop now.

        By the domain of the shop's own lists, which knows what is on sale for whom. One
        statement finds them and reads what the cards show.
        """
        templates = self.env["product.template"]
        if not product_ids:
            return templates
        domain = Domain.AND(
            [
                website.sale_product_domain(),
                Domain("is_published", "=", True),
                Domain("company_id", "in", [False, website.company_id.id]),
                Domain("id", "in", list(product_ids)),
            ]
        )
        names = [name for name in READ_FIELDS if name in templates._fields]
        return templates.search_fetch(domain, names)

    def _say_why(self, suggestion, because):
        """Return the reason in words; names no product that the buyer cannot see.

        :param because: the product of the reason, or None when it is not shown
        """
        if suggestion.reason == "own":
            return self.env._("You looked at this lately")
        if not because:
            return self.env._("Goes with what you buy and look at")
        if suggestion.reason == "bought":
            return self.env._("Often bought with %(product)s", product=because.name)
        return self.env._("Because you looked at %(product)s", product=because.name)

    def _say_best_seller(self, category):
        """Return where a product sells best, in words."""
        if not category:
            return self.env._("Best seller in this shop")
        return self.env._("Best seller in %(category)s", category=category.name)
