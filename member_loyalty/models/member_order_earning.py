from decimal import Decimal

from odoo import fields, models

from ..logic.point_earning import Purchase, earn, targets
from ..logic.purchase_posting import exact
from ..queries import order_points as queries


class MemberOrderEarning(models.AbstractModel):
    """What an order earns: the same for the hint in the cart and for the entry."""

    _name = "member.order.earning"
    _description = "What an Order Earns"

    member_points_ids = fields.One2many(
        comodel_name="member.order.points",
        inverse_name="order_id",
        string="Promised Points",
        readonly=True,
        copy=False,
        groups="member_loyalty.member_loyalty_group_user",
    )

    def _get_point_programs(self):
        """Return the programs of the order's company that give points."""
        self.ensure_one()
        programs = self.env["member.program"]._get_company_programs(
            self.company_id or self.env.company
        )
        return programs.filtered(lambda program: program._get_points_policy().wallet_id)

    def _get_point_hint(self, program):
        """Return the points that the order will earn when it is confirmed.

        :param program: a membership program
        :rtype: float
        """
        self.ensure_one()
        if not self._may_earn(program):
            return 0.0
        return self._count_points(program, program._get_order_rules())

    def _get_members_point_hint(self, program):
        """Return the points that the order would earn a member of the lowest tier.

        For visitors. What members earn with their first order only is left out.

        :param program: a membership program
        :rtype: float
        """
        self.ensure_one()
        rules = program._get_order_rules()
        return self._count_points(
            program, [rule for rule in rules if rule.kind != "first_order"]
        )

    def _count_points(self, program, rules):
        """Return the points that the order earns by rules, within their limits.

        :param rules: ``EarningRule`` of ``logic``
        """
        purchase = self._get_purchase(program)
        room = program._get_earning_room(self._find_member_wallet(program))
        earning = earn(rules, purchase, room, program._stacks_multipliers())
        rounding = program._get_points_policy().base.get_rounding()
        given = targets(earning, purchase, rounding)
        return float(sum(given.values()))

    def _may_earn(self, program):
        """Tell whether the customer is a member, or becomes one by this order."""
        partner = self.partner_id
        if not partner or partner.is_public:
            return False
        policy = program._get_policy()
        return policy.enroll_on_order or bool(self._get_membership(program))

    def _get_membership(self, program):
        """Return the customer's membership of a program."""
        members = program._get_member_partners(self.sudo().partner_id)
        return (
            self.env["member.membership"]
            .sudo()
            .search(
                [("program_id", "=", program.id), ("partner_id", "in", members.ids)],
                limit=1,
            )
        )

    def _get_purchase(self, program, promised=None, billed=None):
        """Return the order as ``Purchase`` of ``logic``, in the program's currency.

        :param promised: the ``member.order.points`` of a confirmed order
        :param billed: {line id: (invoiced, credited)}, and loose credits under 0
        """
        self.ensure_one()
        factor = exact(
            promised.currency_factor if promised else self._get_point_rate(program)
        )
        company = self.company_id or self.env.company
        base = promised._get_base() if promised else program._get_points_policy().base
        at = promised.confirmed_at if promised else fields.Datetime.now()
        tier_id, is_first = (
            promised and promised.tier_id.id,
            promised and (promised.is_first),
        )
        if not promised:
            tier_id = self._get_earning_tier_id(program)
            is_first = program._has_rule("first_order") and self._is_first(program)
        return Purchase(
            company._get_member_day(at),
            self._get_point_lines(program, base, factor, billed or {}),
            tier_id,
            self._get_earning_tag_ids(program),
            bool(is_first),
        )

    def _get_earning_tier_id(self, program):
        """Return the tier that rules look at, or None when none does."""
        if not any(rule.tier_ids for rule in program._get_order_rules()):
            return None
        tier = self._get_membership(program).tier_id or program._get_tiers()[:1]
        return tier.id

    def _get_earning_tag_ids(self, program):
        """Return the tags of the customer and its company, when rules look at them."""
        if not any(rule.tag_ids for rule in program._get_order_rules()):
            return frozenset()
        contacts = self.sudo().partner_id
        contacts |= contacts.commercial_partner_id
        return frozenset(contacts.member_tag_ids.ids)

    def _get_point_rate(self, program):
        """Return the program's currency for one unit of the order's, at its date."""
        if self.currency_id == program.currency_id:
            return 1.0
        return self.env["res.currency"]._get_conversion_rate(
            self.currency_id,
            program.currency_id,
            self.company_id or self.env.company,
            fields.Date.to_date(self.date_order) or fields.Date.today(),
        )

    def _is_first(self, program):
        """Tell whether the member has no other order."""
        member = program._get_member_partners(self.sudo().partner_id)
        return not self.env.execute_query(
            queries.bought_before(
                (self.company_id or self.env.company).id,
                program._get_partner_column(),
                member.id,
                self._origin.id or 0,
            )
        )

    def _get_point_lines(self, program, base, factor, billed):
        """Return the lines that count, each with what is credited of it."""
        amount = "price_total" if base.taxed else "price_subtotal"
        rewards = Decimal(0)
        counted = []
        for line in self.sudo().order_line:
            value = exact(line[amount])
            if line._is_reward_that_pays():
                rewards += Decimal(0) if base.rewards else value
            elif line._earns_points(program, base):
                counted.append((line, value))
        total = sum((value for _line, value in counted), Decimal(0))
        share = max(Decimal(0), 1 + rewards / total) if total > 0 else Decimal(1)
        loose = self._get_loose_share(billed, base)
        return tuple(
            line._get_point_line(value, share * factor, billed.get(line.id), loose)
            for line, value in counted
        )

    def _get_loose_share(self, billed, base):
        """Return the share of the order that credit notes without lines take back."""
        loose = billed.get(0)
        total = exact(self.amount_total if base.taxed else self.amount_untaxed)
        return min(loose / total, Decimal(1)) if loose and total > 0 else Decimal(0)

    def _bring_member_wallet(self):
        """Put the member's card on a quotation, so that rewards can be claimed."""
        self.ensure_one()
        if self.state not in ("draft", "sent") or not self.partner_id:
            return
        for program in self._get_point_programs():
            if not self._may_earn(program) or not self._allow_nominative_programs():
                continue
            card = self._find_member_wallet(program, create=True)
            others = self.sudo().coupon_point_ids.filtered(
                lambda entry, program=program, card=card: (
                    entry.coupon_id.program_id == program.wallet_id
                    and entry.coupon_id != card
                )
            )
            others.unlink()
            if card not in self.coupon_point_ids.coupon_id:
                self.sudo().with_context(tracking_disable=True).coupon_point_ids = [
                    (0, 0, {"coupon_id": card.id, "points": 0})
                ]

    def _find_member_wallet(self, program, create=False):
        """Return the card that the order earns on and spends from."""
        self.ensure_one()
        wallet_id = program._get_points_policy().wallet_id
        owner = program._get_wallet_owner(self.sudo().partner_id)
        for card in self.sudo().coupon_point_ids.coupon_id:
            if card.program_id.id == wallet_id and card.member_owner_id == owner:
                return card
        return self.env["loyalty.card"]._get_member_wallet(
            program, self.sudo().partner_id, create=create
        )
