from datetime import timedelta
from unittest.mock import patch

from odoo import fields

from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.payment.tests.common import PaymentCommon

from .reward_common import RewardCommon


class ReservationCommon(RewardCommon, PaymentCommon):
    """Ann and Bob buy for 200 online; a voucher of 20 costs 50 points of Acme."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.voucher = cls._create_reward(50)

    def _begin_order(self, partner=None):
        """Make a cart of 200 with a voucher of 20 for 50 points."""
        order = self._prepare_quotation(partner or self.ann, require_payment=True)
        self._claim(order, self.voucher)
        return order

    def _pay(self, order, **values):
        """Begin a payment of the whole order."""
        return self._create_transaction(
            "redirect",
            amount=order.amount_total,
            currency_id=order.currency_id.id,
            partner_id=order.partner_id.id,
            sale_order_ids=order.ids,
            reference=f"{order.name}-{len(order.transaction_ids)}",
            **values,
        )

    def _finish(self, transaction):
        transaction._set_done()
        transaction._post_process()

    def _get_worth(self):
        card = self._get_card(self.acme)
        return card.points, card.member_debt

    def _release_lapsed(self, hours=2):
        self._travel_to(fields.Datetime.now() + timedelta(hours=hours))
        self._run_points_cron()

    def _run_points_cron(self):
        self.env["member.order.points"].search([])._release()
        self.env.invalidate_all()

    def _get_spent(self, order):
        """Return what an order has taken from the member, paid or owed."""
        entries = self.env["member.point.entry"].search(
            [
                ("source_model", "=", "sale.order"),
                ("source_id", "=", order.id),
                ("kind", "in", ("spent", "reversed")),
            ]
        )
        return sum(entries.mapped("debt")) - sum(entries.mapped("points"))

    def _run_cron_of(self, model, method):
        with patch.object(IrCron, "_commit_progress", lambda *_a, **_k: float("inf")):
            getattr(self.env[model], method)()
        self.env.invalidate_all()
