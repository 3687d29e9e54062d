from odoo.tests import tagged

from odoo.addons.member_loyalty.tests.tag_common import TagCommon
from odoo.addons.member_loyalty.tests.topup_common import TopupCommon

from .freight_common import FreightCommon


@tagged("post_install", "-at_install")
class TestFreightTopup(FreightCommon, TagCommon, TopupCommon):
    """A grocery: who topped up 500 in twelve months gets everything delivered free."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag = cls._create_rule_tag(
            [
                {
                    "metric": "topped_up",
                    "value": 500,
                    "window_type": "rolling_months",
                    "window_length": 12,
                }
            ],
            name="Pays in advance",
        )
        cls.benefit = cls._create_freight(
            100, cls.env["member.tier"], tag_ids=cls.tag.ids
        )
        cls.ada = cls._create_member()

    def _get_freight_after_night(self, day="2026-03-16"):
        """Return what a new order gets of its freight after the nightly run."""
        self._travel_to(f"{day} 10:00:00")
        self._run_cron()
        order = self._create_shipped(self.ada, 30)
        return self._get_subsidies(order)

    def test_topping_up_the_amount_gives_free_delivery(self):
        self._top_up(self.ada, 499.99)
        self.assertEqual(self._get_freight_after_night(), [])

        self._top_up(self.ada, 0.01)

        self.assertEqual(self._get_freight_after_night("2026-03-17"), [-20])

    def test_a_top_up_taken_back_ends_it(self):
        order = self._top_up(self.ada, 500)
        self.assertEqual(self._get_freight_after_night(), [-20])

        order.action_cancel()

        self.assertEqual(self._get_freight_after_night("2026-03-17"), [])

    def test_after_the_window_it_has_to_be_topped_up_again(self):
        self._top_up(self.ada, 500)

        self.assertEqual(self._get_freight_after_night("2027-03-14"), [-20])
        self.assertEqual(self._get_freight_after_night("2027-03-15"), [])

    def test_the_grocery_preset_makes_regulars_of_those_who_top_up(self):
        self.program.active = False
        preset = self.env.ref("member_loyalty.member_program_preset_grocery")
        program = preset._create_program(self.env.company)
        regular = program.tier_ids.sorted("sequence")[-1]
        program._start_points()
        self.stored = program._start_stored_value()
        self.topup = self.stored.trigger_product_ids[:1]
        self.topup.taxes_id = False
        self._create_freight(100, regular, program_id=program.id)
        self._enroll(self.ada, program=program)
        order = self._create_order(self.ada)
        order.order_line = [
            self._prepare_line(product_id=self.topup.id, price_unit=500)
        ]
        order.action_confirm()

        freight = self._get_freight_after_night()

        self.assertEqual(self._get_membership(self.ada, program).tier_id, regular)
        self.assertEqual(freight, [-20])
