import re

from odoo import api, models

_TOKEN = re.compile(r"[\w][\w./+-]*")
_WORDS_OF_NAME = 6
_TOKENS_OF_LINE = 12
_LINES = 50
_LEAST_OF_NAME = 4


class ProductTemplate(models.Model):
    _inherit = "product.template"

    _member_names = models.Index(
        "USING gin ((lower(jsonb_path_query_array(name, '$.*')::text)::jsonb))"
    )

    @api.model
    def _find_named_products(self, company, names):
        """Return the products that lines of inquiries name.

        By internal reference or barcode first, then by the longest name that is in
        the words of the line. What fits several products is none of them.

        :param company: whose active, sellable products are looked through
        :param list names: what the lines say
        :return: a product for each name, possibly none
        :rtype: list
        """
        products = self.env["product.product"].sudo().with_company(company)
        asked = [_tokens(name) for name in names[:_LINES]]
        by_code = products._find_by_code(company, {one for row in asked for one in row})
        by_name = products._find_by_name(
            company, {phrase for row in asked for phrase in _phrases(row)}
        )
        found = []
        for row in asked:
            codes = [by_code[token] for token in row if token in by_code]
            phrases = sorted(_phrases(row), key=len, reverse=True)
            named = [by_name[phrase] for phrase in phrases if phrase in by_name]
            found.append(next(iter([*codes, *named]), products.browse()))
        return found + [products.browse()] * (len(names) - len(asked))


def _tokens(name):
    """Return the words of a name in small letters, with the signs codes have."""
    return [token.lower().rstrip(".-/+") for token in _TOKEN.findall(name or "")][
        :_TOKENS_OF_LINE
    ]


def _phrases(tokens):
    """Return the runs of words that may be a product's name."""
    runs = (
        " ".join(tokens[start:end])
        for start in range(len(tokens))
        for end in range(start + 1, min(len(tokens), start + _WORDS_OF_NAME) + 1)
    )
    return {run for run in runs if len(run) >= _LEAST_OF_NAME or run[:1] >= "\u2e80"}
