from datetime import timedelta
from functools import partial

from odoo import api, fields, models, tools

from ..queries import purchase_filters

LISTED = {"in": False, "not in": True}
FOUND = {"any": False, "any!": False, "not any": True, "not any!": True}


class MemberPurchaseFilter(models.AbstractModel):
    """Filters by what was bought, and what was not, to combine with any other.

    A model says with :meth:`_get_bought_condition` who of its records the buyer is.
    """

    _name = "member.purchase.filter"
    _description = "Filters by Purchases"

    member_bought_category_id = fields.Many2one(
        comodel_name="product.category",
        string="Bought Category",
        store=False,
        search="_search_member_bought_category_id",
        groups="member_loyalty.member_loyalty_group_user",
        help="To filter by: has a confirmed order for a product of the category or of"
        " those below it, in the current companies.",
    )
    member_bought_product_id = fields.Many2one(
        comodel_name="product.product",
        string="Bought Product",
        store=False,
        search="_search_member_bought_product_id",
        groups="member_loyalty.member_loyalty_group_user",
        help="To filter by: has a confirmed order for the product, in the current"
        " companies.",
    )
    member_not_bought_since = fields.Date(
        string="Bought Nothing Since",
        store=False,
        search="_search_member_not_bought_since",
        groups="member_loyalty.member_loyalty_group_user",
        help="To filter by: placed no order on that day or later.",
    )

    @api.model
    def _search_member_bought_category_id(self, operator, value):
        return self._search_bought(
            "product.category", purchase_filters.in_categories, operator, value
        )

    @api.model
    def _search_member_bought_product_id(self, operator, value):
        return self._search_bought(
            "product.product", purchase_filters.in_products, operator, value
        )

    @api.model
    def _search_member_not_bought_since(self, operator, value):
        """Return the domain of those who bought nothing from a day on.

        It says the same as comparing the last purchase, in a way that is fast.
        """
        if operator != "in":
            return NotImplemented
        return fields.Domain.OR(self._bought_since(day or None, True) for day in value)

    @api.model
    def _search_bought(self, model, which, operator, value):
        """Return the domain of those who bought, or did not buy, what is asked for.

        Nothing (False) stands for those who bought nothing at all.

        :param which: function that makes a condition on products of a query
        """
        records = self.env[model].with_context(active_test=False)
        if operator == "child_of":
            operator, value = "in", [value] if isinstance(value, int) else value
        if operator in FOUND:
            if operator.endswith("!"):
                records = records.sudo()
            return self._bought(which, records._search(value), FOUND[operator])
        if operator not in LISTED:
            return NotImplemented
        is_negative = LISTED[operator]
        domains = []
        if ids := [record_id for record_id in value if record_id]:
            found = records._search(fields.Domain("id", "in", ids))
            domains.append(self._bought(which, found, is_negative))
        if False in value:
            everything = records.sudo()._search(fields.Domain.TRUE)
            domains.append(self._bought(which, everything, not is_negative))
        return fields.Domain.AND(domains) if is_negative else fields.Domain.OR(domains)

    @api.model
    def _bought(self, which, found, is_negative):
        """Return the domain of those who bought one of the records found."""
        bought = partial(
            purchase_filters.bought,
            self.env,
            self.env.companies.ids,
            which(found.subselect()),
        )
        return self._get_buyer_domain(bought, is_negative)

    @api.model
    def _search_last_purchase(self, operator, value):
        """Return the domain of those whose last purchase was on such a day."""
        day = timedelta(days=1)
        match operator:
            case ">=":
                return self._bought_since(value)
            case ">":
                return self._bought_since(value + day)
            case "<":
                return self._bought_since(None) & self._bought_since(value, True)
            case "<=":
                return self._bought_since(None) & self._bought_since(value + day, True)
            case "in":
                return fields.Domain.OR(
                    self._bought_since(one) & self._bought_since(one + day, True)
                    if one
                    else self._bought_since(None, True)
                    for one in value
                )
        return NotImplemented

    @api.model
    def _bought_since(self, since, is_negative=False):
        """Return the domain of those who bought, or did not, on a day or later.

        :param date since: the first day that counts, None for ever
        """
        bought = partial(
            purchase_filters.bought_since,
            self.env,
            self.env.companies.ids,
            since,
            self.env.company._member_today(),
        )
        return self._get_buyer_domain(bought, is_negative)

    @api.model
    def _get_buyer_domain(self, bought, is_negative=False):
        """Return the domain of the buyers for whom a condition holds, or does not.

        :param bought: function that makes the condition for a ``Buyer``
        """

        def to_sql(_model, alias, _query):
            condition = self._get_bought_condition(bought, alias)
            if is_negative:
                return purchase_filters.negated(condition)
            return condition

        return fields.Domain.custom(to_sql=to_sql)

    @api.model
    def _get_bought_condition(self, bought, alias):
        """Return the condition that the buyer of the record ``alias`` bought."""
        raise NotImplementedError

    @api.model
    @tools.ormcache()
    def _get_contact_program_ids(self):
        """Return the ids of programs whose members are contacts alone."""
        programs = self.env["member.program"].sudo().with_context(active_test=False)
        return tuple(programs.search([("member_level", "=", "contact")]).ids)
