from odoo import models
from odoo.fields import Domain

from ..queries import inquiry

_LEAST_OF_CODE = 3


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_sellable_domain(self, company):
        """Return the domain of what a company sells."""
        return Domain("sale_ok", "=", True) & Domain(
            self._check_company_domain(company)
        )

    def _find_by_code(self, company, tokens):
        """Return sellable products by their reference or barcode in small letters."""
        codes = {one for one in tokens if len(one) >= _LEAST_OF_CODE}
        if not any(any(map(str.isdigit, one)) or len(one) > 3 for one in codes):
            return {}
        written = list({form for one in codes for form in (one, one.upper())})
        found = self.search_fetch(
            self._get_sellable_domain(company)
            & (
                Domain("default_code", "in", written) | Domain("barcode", "in", written)
            ),
            ["default_code", "barcode"],
            limit=inquiry.MATCHES_AT_ONCE,
        )
        return _unique(
            (code.lower(), product)
            for product in found
            for code in {product.default_code, product.barcode}
            if code
        )

    def _find_by_name(self, company, phrases):
        """Return sellable products by their names in small letters.

        Products with variants are left out: their name says not which.
        """
        if not phrases:
            return {}
        rows = self.env.execute_query(
            inquiry.products_by_name(self.env, sorted(phrases))
        )
        names = {}
        for template_id, name in rows:
            names.setdefault(template_id, set()).add(name)
        found = self.search(
            self._get_sellable_domain(company)
            & Domain("product_tmpl_id", "in", list(names))
        )
        return _unique(
            (name, product)
            for product in found
            for name in names[product.product_tmpl_id.id]
        )


def _unique(pairs):
    """Return the product of each word that belongs to one product only."""
    found, several = {}, set()
    for word, product in pairs:
        if found.setdefault(word, product) != product:
            several.add(word)
    return {word: one for word, one in found.items() if word not in several}
