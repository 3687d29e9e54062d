from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models, tools
from odoo.fields import Domain

from ..logic.member_sale import Sale, left_for


class MemberSaleOffering(models.AbstractModel):
    """Whom a sale is for, what it holds for, and what it makes of a price."""

    _name = "member.sale.offering"
    _description = "Offer of a Member Sale"

    @api.model
    def _forget_sales(self):
        """Have the sales asked for anew, also by who looked before the commit."""
        self.env.registry.clear_cache()
        self.env.cr.postcommit.add(self.env.registry.clear_cache)

    @api.model
    @tools.ormcache("company_id")
    def _get_spans(self, company_id):
        """Return when the sales of a company hold: (id, begins, ends).

        Kept, so that shops without sales pay for no question.
        """
        events = self.sudo().search([("company_id", "=", company_id)], order="id")
        return tuple((one.id, one.begins_at, one.ends_at) for one in events)

    @api.model
    def _find_open(self, company, ahead=timedelta()):
        """Return the sales of a company that run now, with rights.

        :param timedelta ahead: those that begin within this time as well
        """
        now = fields.Datetime.now()
        return self.sudo().browse(
            event_id
            for event_id, begins, ends in self._get_spans(company.id)
            if begins <= now + ahead and now < ends
        )

    @api.model
    def _find_for(self, partner, website, **ahead):
        """Return the sales that a contact may take part in on a website.

        :return: list of (sale, membership), with rights
        """
        events = self._find_open(website.sudo().company_id, **ahead)
        events = events.filtered(lambda one: one.website_id.id in (False, website.id))
        if not events or not partner:
            return []
        found = []
        for program, of_program in events.grouped("program_id").items():
            member = program._get_member_partners(partner.sudo())._origin
            held = self.env["member.benefit"]._find_memberships(program, member)
            if membership := held.get(member.id):
                found += [(e, membership) for e in of_program if e._admits(membership)]
        return found

    def _admits(self, membership):
        """Tell whether a member may take part: by tier or by tag."""
        self.ensure_one()
        if not self.tier_ids and not self.tag_ids:
            return True
        tags = membership.sudo().partner_id.member_tag_ids
        return membership.tier_id in self.tier_ids or bool(tags & self.tag_ids)

    def _get_product_domain(self):
        """Return the products of the sale, for variants."""
        self.ensure_one()
        domain = Domain("product_tmpl_id", "in", self.product_tmpl_ids.ids)
        domain |= Domain("id", "in", self.product_ids.ids)
        if self.category_ids:
            domain |= Domain("categ_id", "child_of", self.category_ids.ids)
        return domain

    def _covers(self, product):
        """Tell whether a variant, or a whole product, is part of the sale."""
        self.ensure_one()
        product = product.sudo()
        if product._name == "product.template":
            path = (product.categ_id.parent_path or "").split("/")
            return (
                product in self.product_tmpl_ids
                or any(str(one) in path for one in self.category_ids.ids)
                # the price of a list is that of the first variant
                or product.product_variant_id in self.product_ids
            )
        return bool(product.filtered_domain(self._get_product_domain()))

    def _prepare_sale(self, currency, membership=None, order=None):
        """Return the sale as facts, its price in another currency.

        :param membership: whose limit counts; without it, nobody's
        :param order: whose units that are kept already do not count
        """
        self.ensure_one()
        fixed = None
        if self.price_kind == "fixed":
            today = fields.Date.context_today(self)
            fixed = self.currency_id._convert(
                self.fixed_price, currency, self.company_id, today, round=False
            )
        return Sale(
            sale=self.id,
            percent=Decimal(str(self.percent)),
            fixed=None if fixed is None else Decimal(str(fixed)),
            left=self._get_left(membership, order),
        )

    def _get_left(self, membership=None, order=None):
        """Return how many units a member can still have; None is any number."""
        self.ensure_one()
        takings = self.env["member.sale.taking"].sudo()
        by_member, own = Decimal(0), Decimal(0)
        if membership and self.quantity_per_member:
            by_member = takings._get_quantity(self, membership)
        if order:
            own = takings._get_quantity(self, order=order)
        return left_for(
            Decimal(str(self.quantity_limit)),
            Decimal(str(self.taken_quantity)),
            Decimal(str(self.quantity_per_member if membership else 0)),
            by_member,
            own,
        )
