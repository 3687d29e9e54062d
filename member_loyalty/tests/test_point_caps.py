from datetime import date

from odoo.tests import tagged

from ..logic.point_events import Event
from .event_common import EventsCommon


@tagged("post_install", "-at_install")
class TestPointCaps(EventsCommon):
    """No member gets more by a rule than its limit, in the period of the day."""

    def test_a_limit_is_kept_to_the_point(self):
        self._create_rule("check_in", 40, cap_period="month", cap_points=100)
        for day in range(1, 5):
            self._record("check_in", key=day)
        self.assertEqual(self._earned(), [40, 40, 20])

        self._travel_to("2026-04-01 08:00:00")
        self._record("check_in", key="April")

        self.assertEqual(self._earned(), [40, 40, 20, 40])

    def test_a_limit_of_times_counts_the_company_s_day(self):
        self.env.company.partner_id.tz = "Asia/Tokyo"
        self._create_rule("check_in", 5, cap_period="day", cap_times=1)
        self._record("check_in", key=1)
        self._record("check_in", key=2)

        self._travel_to("2026-03-15 14:59:59")
        self._record("check_in", key=3)
        self.assertEqual(self._earned(), [5])

        self._travel_to("2026-03-15 15:00:00")
        self._record("check_in", key=4)
        self.assertEqual(self._earned(), [5, 5])

    def test_many_events_at_once_keep_the_limit(self):
        self._create_rule("check_in", 5, cap_period="ever", cap_times=2)

        self.env["member.earning.rule"]._record_events(
            "check_in", [Event(self.ada.id, str(n)) for n in range(5)]
        )

        self.assertEqual(self._earned(), [5, 5])

    def test_the_room_of_an_order_rule_counts_documents_and_what_they_keep(self):
        self.rule.write({"cap_period": "month", "cap_points": 300, "cap_times": 3})
        order = self._confirm_order(self.ada, 250)
        card, today = self._get_card(self.ada), date(2026, 3, 15)
        Rule = self.env["member.earning.rule"]

        def room(day=today, **values):
            return Rule._get_cap_room(card, self.rule, day, **values)[self.rule.id]

        self.assertEqual(room(), 50)
        self.assertEqual(room(date(2026, 4, 1)), 300)
        self.assertEqual(room(but_for=("sale.order", order.id)), 300)
        order._action_cancel()
        self.assertEqual(room(), 300)
        self.rule.cap_period = False
        self.assertIsNone(room())

    def test_an_order_earns_what_the_limit_leaves(self):
        self.rule.write({"cap_period": "day", "cap_points": 300})

        self._confirm_order(self.ada, 250)
        self._confirm_order(self.ada, 250)
        self._confirm_order(self.ada, 250)

        self.assertEqual(self._earned(), [250, 50])

    def test_orders_that_wait_keep_the_limit_together(self):
        self.program.points_available = "paid"
        self.rule.write({"cap_period": "month", "cap_points": 100})
        orders = self._confirm_order(self.ada, 80) + self._confirm_order(self.ada, 80)
        pending = self.env["member.point.pending"].search(
            [("order_id", "in", orders.ids)], order="id"
        )

        pending._release()

        self.assertEqual(self._get_points(self.ada), 100)
