from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.fields import Domain

from ..logic.member_sale import Sale, left_for


class Span(NamedTuple):
    """When a sale holds, where, and for whom: what is asked for on every page."""

    sale_id: int
    begins_at: datetime
    ends_at: datetime
    program_id: int
    website_id: int | bool
    tier_ids: frozenset
    tag_ids: frozenset

    def holds(self, moment, ahead):
        """Tell whether it holds at a moment, or begins within some time from it."""
        return self.begins_at <= moment + ahead and moment < self.ends_at


class MemberSaleOffering(models.AbstractModel):
    """Whom a sale is for, what it holds for, and what it makes of a price."""

    _name = "member.sale.offering"
    _description = "Offer of a Member Sale"

    @api.model
    @tools.ormcache("company_id")
    def _get_spans(self, company_id):
        """Return when the sales of a company hold, and for whom.

        Kept, so that shops without sales pay for no question.
        """
        events = self.sudo().search([("company_id", "=", company_id)], order="id")
        return tuple(
            Span(
                event.id,
                event.begins_at,
                event.ends_at,
                event.program_id.id,
                event.website_id.id,
                frozenset(event.tier_ids.ids),
                frozenset(event.tag_ids.ids),
            )
            for event in events
        )

    @api.model
    def _find_open_spans(self, company, ahead=timedelta()):
        """Return the spans of the sales of a company that hold now.

        :param timedelta ahead: those that begin within this time as well
        """
        now = fields.Datetime.now()
        return [one for one in self._get_spans(company.id) if one.holds(now, ahead)]

    @api.model
    def _find_open(self, company, ahead=timedelta()):
        """Return the sales of a company that run now, with rights.

        :param timedelta ahead: those that begin within this time as well
        """
        spans = self._find_open_spans(company, ahead)
        return self.sudo().browse(one.sale_id for one in spans)

    @api.model
    def _find_for(self, partner, website, memberships=None, **ahead):
        """Return the sales that a contact may take part in on a website.

        :param memberships: those of the contact and its company, where they are known
        :return: list of (sale, membership), with rights
        """
        if not partner:
            return []
        spans = [
            one
            for one in self._find_open_spans(website.sudo().company_id, **ahead)
            if one.website_id in (False, website.id)
        ]
        admitted = {}
        for program_id in dict.fromkeys(one.program_id for one in spans):
            membership = self._find_taking_part(program_id, partner, memberships)
            for one in spans if membership else ():
                if one.program_id == program_id and self._admits(one, membership):
                    admitted[one.sale_id] = membership
        return list(zip(self.sudo().browse(admitted), admitted.values(), strict=True))

    @api.model
    def _find_taking_part(self, program_id, partner, memberships=None):
        """Return the membership by which a contact takes part in a program's sales."""
        program = self.env["member.program"].sudo().browse(program_id)
        member = program._get_member_partners(partner.sudo())._origin
        if memberships is None:
            held = self.env["member.benefit"]._find_memberships(program, member)
            return held.get(member.id)
        return memberships.filtered(
            lambda one: one.program_id == program and one.partner_id == member
        )[:1]

    @api.model
    def _admits(self, span, membership):
        """Tell whether a member may take part: by tier or by tag."""
        if not span.tier_ids and not span.tag_ids:
            return True
        if membership.tier_id.id in span.tier_ids:
            return True
        tags = span.tag_ids and membership.sudo().partner_id.member_tag_ids.ids
        return not span.tag_ids.isdisjoint(tags)

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

    def _get_left(self, membership=None, order=None, by_member=None):
        """Return how many units a member can still have; None is any number.

        :param Decimal by_member: what the member has, where that is known
        """
        self.ensure_one()
        takings = self.env["member.sale.taking"].sudo()
        own = Decimal(0)
        if not membership or not self.quantity_per_member:
            by_member = Decimal(0)
        elif by_member is None:
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
