from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class MemberCallQuotation(models.AbstractModel):
    """What a caller can do for the customer: give the coupon, make a quotation."""

    _name = "member.call.quotation"
    _description = "Quotation of a Call"

    order_ids = fields.Many2many(
        comodel_name="sale.order",
        relation="member_call_sale_order_rel",
        column1="call_id",
        column2="order_id",
        string="Quotations",
        readonly=True,
    )
    order_count = fields.Integer(
        string="Number of Quotations", compute="_compute_order_count"
    )
    coupon_id = fields.Many2one(
        comodel_name="loyalty.card",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    coupon_code = fields.Char(related="coupon_id.code")
    can_give_coupon = fields.Boolean(
        compute="_compute_can_give_coupon", compute_sudo=True
    )

    @api.depends("order_ids")
    def _compute_order_count(self):
        for call in self:
            call.order_count = len(call.order_ids)

    @api.depends("state", "coupon_id", "offer_id.coupon_program_id.active")
    def _compute_can_give_coupon(self):
        for call in self:
            call.can_give_coupon = (
                call.state == "open"
                and not call.coupon_id
                and call.offer_id.coupon_program_id.active
            )

    def action_give_coupon(self):
        """Give the customer the coupon of the offer: one for a call.

        :raises AccessError: when the call is somebody else's
        :raises UserError: when there is none to give
        """
        self.ensure_one()
        self._check_may_handle()
        self._check_is_open()
        call = self.sudo()
        if not call.can_give_coupon:
            raise UserError(
                self.env._(
                    "There is no coupon to give: the offer has none, or it was given"
                    " already."
                )
            )
        program = call.offer_id.coupon_program_id
        days = call.offer_id.coupon_days
        today = call.company_id._member_today()
        cards = self.env["loyalty.card"].sudo()
        call.coupon_id = cards.create(
            {
                "program_id": program.id,
                "partner_id": call.partner_id.id,
                "points": max([1, *program.reward_ids.mapped("required_points")[:1]]),
                "expiration_date": days and today + timedelta(days=days),
            }
        )
        return True

    def action_make_quotation(self):
        """Make a quotation with the suggested products and what the offer gives.

        :raises AccessError: when the call is somebody else's, or for whoever may
            make no quotations
        """
        self.ensure_one()
        self._check_may_handle()
        self._check_is_open()
        call = self.sudo()
        order = (
            self.env["sale.order"]
            .with_company(call.company_id)
            .create(
                {
                    "partner_id": call.partner_id.id,
                    "company_id": call.company_id.id,
                    "order_line": [
                        Command.create({"product_id": product.id})
                        for product in call.product_ids.filtered(call._is_on_sale)
                    ],
                }
            )
        )
        call.order_ids += order
        self._put_offer_on(order)
        return order._get_records_action(name=self.env._("Quotation"))

    def _put_offer_on(self, order):
        """Put on a quotation what the offer gives, as far as the customer may."""
        call = self.sudo()
        benefit = call.offer_id.benefit_id
        claimable = [claim.benefit for claim in order._get_claimable_benefits()]
        if benefit in claimable and len(benefit.product_ids) == 1:
            order._claim_benefit(benefit)
        if call.coupon_id:
            found = order._try_apply_code(call.coupon_id.code)
            for coupon, rewards in found.items():
                if coupon == call.coupon_id and len(rewards) == 1:
                    order._apply_program_reward(rewards, coupon)

    def action_open_quotations(self):
        """Open the quotations that were made in this call."""
        self.ensure_one()
        return self.order_ids._get_records_action(name=self.env._("Quotations"))
