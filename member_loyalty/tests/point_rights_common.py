from odoo.exceptions import UserError
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from ..models.loyalty_card import BY_LEDGER
from .point_common import PointsCommon

POINT_MODELS = (
    "member.point.entry",
    "member.point.lot",
    "member.point.allocation",
    "member.point.pending",
    "member.point.statement",
)
NATIVE_MODELS = (
    "loyalty.card",
    "loyalty.history",
    "sale.order.coupon.points",
)
DOORS = (
    {},
    {BY_LEDGER: True},
    {"member_point_kind": "opening", "member_point_reason": "Mine"},
    {"member_native_engine": True},
    {"member_native_engine": "ENGINE"},
    {"loyalty_no_mail": True, "tracking_disable": True},
)


@freeze_time("2026-03-15 10:00:00")
class PointRightsCommon(PointsCommon):
    """Ada has 1,000 points from an order; one user of each kind looks at them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(email="ada@example.com")
        cls.order = cls._confirm_order(cls.customer, 1000)
        cls.card = cls._get_card(cls.customer)
        cls.entry = cls.env["member.point.entry"].search(
            [("card_id", "=", cls.card.id)], limit=1
        )
        cls.salesperson = cls._create_user(
            "sales", "sales_team.group_sale_salesman_all_leads"
        )
        cls.sales_manager = cls._create_user("boss", "sales_team.group_sale_manager")
        cls.officer = cls._create_user(
            "officer", "officer", "sales_team.group_sale_salesman_all_leads"
        )
        cls.manager = cls._create_user("manager", "manager")
        cls.employee = cls._create_user("employee", "base.group_user")
        cls.portal = cls._create_user("portal", "base.group_portal")
        cls.public = cls.env.ref("base.public_user")

    def _adjust(self, user=None, **values):
        """Fill in the form of an officer and apply it."""
        wizard = (
            self.env["member.point.adjustment"]
            .with_user(user or self.officer)
            .create(
                {
                    "kind": "grant",
                    "program_id": self.program.id,
                    "partner_ids": self.customer.ids,
                    "points": 100,
                    "reason": "Fair",
                    **values,
                }
            )
        )
        wizard.action_apply()
        return wizard

    def _as(self, record, user=None, **context):
        return record.with_user(user or self.salesperson).with_context(**context)

    def _assert_untouched(self, points=1000):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.card.points, points)
        self.assertEqual(self.card.program_id, self.wallet)
        self.assertTrue(self.card.active)

    @mute_logger("odoo.sql_db")
    def _try(self, work):
        """Do what may be refused; whatever was done half is forgotten."""
        try:
            with self.env.cr.savepoint():
                work()
                self.env.flush_all()
        except UserError:
            self.env.invalidate_all(flush=False)
            return False
        return True
