from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError

from ..logic.benefit_entitlement import left, period_of
from ..queries import benefit_use as queries
from ..queries.execution import execute_quietly


class MemberBenefitUsing(models.AbstractModel):
    """Use of a benefit: counted, so that nobody uses more than there is."""

    _name = "member.benefit.using"
    _description = "Use of a Benefit"

    def write(self, vals):
        """Count anew what was used when the period of a quota changes."""
        changed = self.filtered(
            lambda one: vals.get("quota_period", one.quota_period) != one.quota_period
        )
        result = super().write(vals)
        if changed:
            execute_quietly(self.env, queries.forget_counts(changed.ids))
            execute_quietly(self.env, queries.recount(self.env, changed.ids))
            self.env["member.benefit.allowance"].invalidate_model()
            self.env["res.partner"]._forget_prices()
        return result

    def _get_available(self, membership, day):
        """Return how often a member may still use the benefit on a day; None: any."""
        self.ensure_one()
        allowance = (
            self.env["member.benefit.allowance"]
            .sudo()
            .search(
                [
                    ("membership_id", "=", membership.id),
                    ("benefit_id", "=", self.id),
                    ("period_start", "=", period_of(self.quota_period, day).first),
                ]
            )
        )
        return left(self._get_terms(), allowance.used)

    def _get_line_product(self):
        """Return the product of the lines that this benefit puts on quotations."""
        self.ensure_one()
        return self.env.ref("member_loyalty.product_product_benefit").sudo()

    def _use(self, membership, quantity=1, day=None, **values):
        """Record that a member used this benefit, and count it.

        :param int quantity: how often; below zero takes uses back
        :param date day: when; the company's today unless given
        :param values: more of the usage: ``cost`` (Decimal, company currency; the cost
            per use unless given), ``source`` (the record behind it), ``partner``,
            ``tier``, ``note``, ``reversed_use`` (the use that this takes back), and
            ``counts_on``: the day in whose period it counts
        :return: the new ``member.benefit.usage``
        :raises UserError: when the member may not use it so often
        """
        self.ensure_one()
        day = day or self.company_id._member_today()
        period = period_of(self.quota_period, values.pop("counts_on", None) or day)
        is_forced = values.pop("is_forced", False)
        [(used,)] = execute_quietly(
            self.env,
            queries.count(self.env, membership, self, period.first, quantity, day),
        )
        self.env["member.benefit.allowance"].invalidate_model()
        self.env["res.partner"]._forget_prices()
        if quantity > 0 and self.quota and used > self.quota and not is_forced:
            self._refuse_use(membership)
        return (
            self.env["member.benefit.usage"]
            .sudo()
            .create(self._prepare_usage(membership, quantity, day, period, values))
        )

    def _use_once_each(self, memberships, day=None, sources=None, notes=None):
        """Record one use of this benefit by each of many members, in sets.

        The quota is not asked: what is recorded here has happened already.

        :param date day: when; the company's today unless given
        :param dict sources: the record behind each use, by membership id
        :param dict notes: words beside each use, by membership id
        :return: the new ``member.benefit.usage``
        """
        self.ensure_one()
        usages = self.env["member.benefit.usage"].sudo()
        if not memberships:
            return usages
        day = day or self.company_id._member_today()
        period = period_of(self.quota_period, day)
        execute_quietly(
            self.env,
            queries.count_once_each(self.env, self, memberships.ids, period.first, day),
        )
        self.env["member.benefit.allowance"].invalidate_model()
        return usages.create(
            [
                self._prepare_usage(
                    one,
                    1,
                    day,
                    period,
                    {
                        "source": (sources or {}).get(one.id),
                        "note": (notes or {}).get(one.id),
                    },
                )
                for one in memberships
            ]
        )

    def _prepare_usage(self, membership, quantity, day, period, values):
        """Return the values of a usage."""
        source = values.get("source")
        cost = values.get("cost")
        if cost is None:
            cost = Decimal(str(self.cost)) * quantity
        return {
            "membership_id": membership.id,
            "benefit_id": self.id,
            "partner_id": (values.get("partner") or membership.partner_id).id,
            "tier_id": (values.get("tier") or membership.tier_id).id,
            "date": day,
            "period_start": period.first,
            "quantity": quantity,
            "cost": float(cost),
            "source_model": source._name if source is not None else False,
            "source_id": source.id if source is not None else False,
            "source_ref": source.sudo().display_name if source is not None else False,
            "note": values.get("note"),
            "reversed_id": values["reversed_use"].id
            if "reversed_use" in values
            else False,
        }

    def _refuse_use(self, membership):
        """Say that nothing is left.

        :raises UserError: always
        """
        periods = dict(self._fields["quota_period"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "%(member)s has used %(benefit)s as often as the program grants it:"
                " %(quota)s times %(period)s. Take it off, or ask a manager to grant"
                " more.",
                member=membership.partner_id.display_name,
                benefit=self.name,
                quota=self.quota,
                period=periods[self.quota_period],
            )
        )
