from odoo import api, fields, models
from odoo.http import request
from odoo.tools import float_round

from .loyalty_card import BY_LEDGER


class SaleOrder(models.Model):
    """What the suite assumes of Odoo here: an order is confirmed, cancelled and set
    back by ``write({"state": ...})``, whichever button or code does it.

    Odoo's engine decides which programs and rewards an order has. For cards kept by
    the ledger it does not write points: ``_settle_points`` does.
    """

    _name = "sale.order"
    _inherit = [
        "member.order.reward",
        "member.order.coupon",
        "member.order.reservation",
        "member.order.paid",
        "member.order.engine",
        "member.order.price",
        "member.order.reduction",
        "member.order.repricing",
        "member.order.claim",
        "member.order.gift",
        "member.order.early.access",
        "member.order.benefit",
        "sale.order",
        "member.journal.source",
        "member.order.earning",
        "member.order.topup",
        "member.order.settling",
        "member.order.posting",
        "member.order.customer",
        "member.order.entitlement",
    ]

    member_tier_id = fields.Many2one(
        comodel_name="member.tier",
        compute="_compute_member_tier_id",
        search="_search_member_tier_id",
        compute_sudo=True,
        help="The customer's tier: today's on a quotation, the one at confirmation"
        " on an order.",
    )
    member_tier_color = fields.Integer(related="member_tier_id.color")
    member_confirmed_tier_id = fields.Many2one(
        comodel_name="member.tier",
        string="Tier at Confirmation",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    @api.depends("state", "partner_id", "company_id", "member_confirmed_tier_id")
    def _compute_member_tier_id(self):
        quotations = self.filtered(lambda order: order.state in ("draft", "sent"))
        for order in self - quotations:
            order.member_tier_id = order.member_confirmed_tier_id
        for company, orders in quotations.grouped("company_id").items():
            tiers = orders.partner_id._get_member_tiers(company or self.env.company)
            for order in orders:
                order.member_tier_id = tiers.get(order.partner_id.id, False)

    @api.model
    def _search_member_tier_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        quotation = fields.Domain("state", "in", ("draft", "sent"))
        customers = fields.Domain.OR(
            [
                ("company_id", "=", company.id),
                ("partner_id", "in", self._find_customers_in_tier(company, value)),
            ]
            for company in self.env.companies
        )
        return (~quotation & fields.Domain("member_confirmed_tier_id", "in", value)) | (
            quotation & customers
        )

    @api.model
    def _find_customers_in_tier(self, company, value):
        """Return the query of the contacts whose tier in a company is in ``value``."""
        return (
            self.env["res.partner"]
            .with_company(company)
            .with_context(active_test=False)
            ._search([("member_tier_id", "in", value)])
        )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale` to bring benefits to new quotations."""
        with self._follow_in_journal() as pending:
            orders = super().create(vals_list)
            pending.benefit_order_ids.update(orders.ids)
        return orders

    def write(self, vals):
        """Override of `sale` to book confirmation, cancellation and corrections."""
        if not self._get_member_followed_fields() & vals.keys():
            return super().write(vals)
        with self._follow_in_journal() as pending:
            confirmed = self.filtered(
                lambda order: vals.get("state") == "sale" and order.state != "sale"
            )
            confirmed._leave_reduction_to_first_order()
            confirmed._check_may_be_confirmed()
            confirmed._keep_member_tier()
            confirmed._promise_points()
            pending.order_ids.update(self._filter_in_journal().ids)
            pending.benefit_order_ids.update(self.ids)
            result = super().write(vals)
            if "partner_id" in vals:
                self._follow_customer()
            pending.order_ids.update(self._filter_in_journal().ids)
        return result

    @api.model
    def _get_member_followed_fields(self):
        """Return the fields of an order that can change what the journal holds."""
        return {
            *("state", "partner_id", "date_order", "currency_id", "order_line"),
            "pricelist_id",
        }

    def _filter_in_journal(self):
        """Return the orders that the journal has to follow: those confirmed."""
        return self.filtered(lambda order: order.state == "sale")

    def _keep_member_tier(self):
        """Remember the customers' tiers as they are at confirmation."""
        for company, orders in self.grouped("company_id").items():
            tiers = orders.sudo().partner_id._get_member_tiers(company)
            for order in orders.sudo():
                order.member_confirmed_tier_id = tiers.get(order.partner_id.id, False)

    # The native methods of `sale_loyalty` that the ledger has to be told of

    def action_confirm(self):
        """Override of `sale_loyalty`: orders that spend points, one after the other.

        Together, two orders could spend the same points: each is checked alone.
        """
        spending = self.filtered(
            lambda order: any(line.points_cost for line in order.order_line)
        )
        if len(self) == 1 or not spending:
            return super(SaleOrder, self._by_ledger()).action_confirm()
        for order in spending:
            order.action_confirm()
        others = self - spending
        return others.action_confirm() if others else True

    def _action_cancel(self):
        """Override of `sale_loyalty`: points go back by entries."""
        return super(SaleOrder, self._by_ledger())._action_cancel()

    def _update_programs_and_rewards(self):
        """Override of `sale_loyalty`: bring the member's card along.

        Rewards are taken off and put on again; only what comes of it is booked.
        """
        for order in self:
            order._bring_member_wallet()
        confirmed = self._filter_in_journal()
        with self._follow_in_journal() as pending:
            pending.order_ids.update(confirmed.ids)
            result = super(SaleOrder, self._by_ledger())._update_programs_and_rewards()
        (self - confirmed)._settle_points()
        return result

    def _add_points_for_coupon(self, coupon_points):
        """Override of `sale_loyalty`: the ledger gives the points, not this."""
        return super(SaleOrder, self._by_ledger())._add_points_for_coupon(
            {
                coupon.with_context(**{BY_LEDGER: True}): points
                for coupon, points in coupon_points.items()
            }
        )

    def _get_point_changes(self):
        """Override of `sale_loyalty`: points of kept cards do not change here."""
        changes = super()._get_point_changes()
        for coupon in [card for card in changes if card._is_kept_by_ledger()]:
            del changes[coupon]
        return changes

    def _update_loyalty_history(self, coupon_id, points):
        """Override of `sale_loyalty`: the ledger writes the history of its cards."""
        if coupon_id._is_kept_by_ledger():
            return None
        return super()._update_loyalty_history(coupon_id, points)

    def _filter_product_documents(self, documents):
        """Override of `sale` to leave out documents that the reader may not open.

        An employee sees, and sends by mail, what the customer may open. Odoo shows
        the page of an order in the name of its bot; who asks for it is the reader.
        """
        found = super()._filter_product_documents(documents)
        user = request.env.user if request else self.env.user
        is_customer = user and not user._is_internal()
        reader = user.partner_id if is_customer else self.sudo().partner_id
        return found._get_openable(reader)

    def _get_program_domain(self):
        """Override of `sale_loyalty`: only memberships of this order give points.

        For any other, such as an archived one, the engine would make cards itself.
        """
        native = super()._get_program_domain()
        ours = self._get_member_program_domain()
        # a list has to stay one: the shop changes its parts in place
        return [*native, *ours] if isinstance(native, list) else native & ours

    def _get_member_program_domain(self):
        """Return which memberships may give points on the order."""
        known = [
            one._get_points_policy().wallet_id for one in self._get_point_programs()
        ]
        return (
            fields.Domain("member_program_id", "=", False)
            | fields.Domain("program_type", "!=", "loyalty")
            | fields.Domain("id", "in", known)
        )

    def _get_points_programs(self):
        """Override of `sale_loyalty`: a purse counts before it gives points.

        Without it the engine would make a second card, for the contact alone.
        """
        programs = super()._get_points_programs()
        purses = self.coupon_point_ids.coupon_id.filtered("member_program_id")
        return programs | purses.program_id

    def _get_real_points_for_coupon(self, coupon, post_confirm=False):
        """Override of `sale_loyalty`: what has expired cannot be spent.

        Nor what this order itself will earn: paying with it would lower what it
        earns. What was booked for this order, or reserved by its payment, belongs to
        it. Points are rounded as points, not as the program's currency.
        """
        if not coupon._is_kept_by_ledger():
            return super()._get_real_points_for_coupon(
                coupon, post_confirm=post_confirm
            )
        points = self._get_booked_points(coupon) - sum(
            line.points_cost for line in self.order_line if line.coupon_id == coupon
        )
        if self.state != "sale":
            points += coupon.member_usable_points
        elif points <= 0:
            # not while rewards are put on again: they get what they had cost
            points += coupon.member_usable_points - self._get_own_points(coupon)
        if points < 0 and self._is_paid_with_points():
            return 0.0  # what lacks is owed: a paid order is confirmed
        return float_round(points, precision_digits=2)

    def _program_check_compute_points(self, programs):
        """Override of `sale_loyalty`: a member's points come from earning rules."""
        result = super()._program_check_compute_points(programs)
        for program, status in result.items():
            member_program = program.sudo().member_program_id
            if not member_program or "points" not in status:
                continue
            if member_program._get_points_policy().wallet_id == program.id:
                status["points"] = [self._get_point_hint(member_program)]
        return result

    def _by_ledger(self):
        """Return the orders so that the engine leaves points to the ledger."""
        return self.with_context(**{BY_LEDGER: True})
