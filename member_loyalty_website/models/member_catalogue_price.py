from odoo import models
from odoo.fields import Domain

PRICES = frozenset(
    {
        *("list_price", "lst_price", "standard_price", "compare_list_price"),
        *("base_unit_price", "price_extra", "tax_string"),
    }
)


class MemberCataloguePrice(models.AbstractModel):
    """Tells customers who ask from outside no price of products that have a lock.

    Odoo lets whoever has signed in read the prices of all published products. The
    shop's own pages read fields of records, which this leaves alone; what answers
    calls formats rows, searches and sums up.
    """

    _name = "member.catalogue.price"
    _description = "Prices of Products with a Lock"

    def _read_format(self, fnames, load="_classic_read"):
        """Override of `base`: a call from outside is told no price under a lock."""
        rows = super()._read_format(fnames, load)
        told = PRICES.intersection(fnames)
        if not told:
            return rows
        locked = self._get_locked_for_customer()
        if locked.is_false():
            return rows
        closed = set(self.sudo().filtered_domain(locked).ids)
        for row in rows:
            if row["id"] in closed:
                row.update(dict.fromkeys(told, False))
        return rows

    def _search(self, domain, *args, **kwargs):
        """Override of `base`: who looks for a price finds nothing that has a lock."""
        domain = Domain(domain)
        if self._asks_for_price(domain):
            domain &= ~self._get_locked_for_customer()
        return super()._search(domain, *args, **kwargs)

    def _read_group(
        self,
        domain,
        groupby=(),
        aggregates=(),
        having=(),
        offset=0,
        limit=None,
        order=None,
    ):
        """Override of `base`: no price under a lock is summed up or grouped by."""
        asked = [*groupby, *aggregates, *(order or "").replace(",", " ").split()]
        asked += [one.field_expr for one in Domain(having).iter_conditions()]
        if any(one.split(":")[0] in PRICES for one in asked):
            domain = Domain(domain) & ~self._get_locked_for_customer()
        return super()._read_group(
            domain, groupby, aggregates, having, offset, limit, order
        )

    def _asks_for_price(self, domain):
        """Tell whether a search compares prices, be it by way of another model."""
        return any(
            PRICES.intersection(condition.field_expr.split("."))
            or (
                isinstance(condition.value, Domain)
                and self._asks_for_price(condition.value)
            )
            for condition in domain.iter_conditions()
        )

    def _get_locked_for_customer(self):
        """Return which products have a lock for who asks with their own rights."""
        if self.env.su or self.env.user._is_internal():
            return Domain.FALSE
        return self.env["website"]._get_locked_domain()
