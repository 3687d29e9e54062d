from datetime import datetime

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .owed_common import OwedCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestStoredValueTakeOver(OwedCommon):
    """eWallet cards that exist come into the ledger to the cent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Native = cls.env["loyalty.program"]
        cls.native = Native.create(
            {
                **Native._get_template_values()["ewallet"],
                "name": "Old eWallet",
                "company_id": cls.env.company.id,
            }
        )
        cls.ada = cls._create_customer()

    def _store(self, points, partner=None, **values):
        card = self.env["loyalty.card"].create(
            {
                "program_id": self.native.id,
                "partner_id": partner.id if partner else False,
                "points": points,
                **values,
            }
        )
        self.env["loyalty.history"].create(
            {"card_id": card.id, "description": "Sold", "issued": points}
        )
        return card

    def test_balances_become_opening_entries(self):
        card = self._store(123.45, self.ada)
        nobodys = self._store(10)

        self.program._start_stored_value(self.native)

        self.assertEqual((card.points, nobodys.points), (123.45, 10))
        entry = self.env["member.point.entry"].search([("card_id", "=", card.id)])
        self.assertEqual((entry.kind, entry.points), ("opening", 123.45))
        self.assertEqual(card.member_owner_id, self.ada)
        self.assertEqual(self.program.stored_value_id, self.native)

    def test_a_card_that_expires_still_does(self):
        card = self._store(50, self.ada, expiration_date="2026-03-31")

        self.program._start_stored_value(self.native)

        lot = self.env["member.point.lot"].search([("card_id", "=", card.id)])
        self.assertEqual(lot.expires_at, datetime(2026, 4, 1))

    def test_several_cards_of_a_member_become_one(self):
        small = self._store(20, self.ada)
        big = self._store(80, self.ada)

        self.program._start_stored_value(self.native)

        self.assertEqual((small.points, big.points), (0, 100))
        self.assertFalse(small.active)
        self.assertEqual(small._get_current(), big)

    def test_a_card_below_zero_is_owed(self):
        card = self._store(-5, self.ada)

        self.program._start_stored_value(self.native)

        self.assertEqual((card.points, card.member_debt), (0, 5))

    def test_the_wizard_says_what_is_taken_over(self):
        self._store(20, self.ada)
        self._store(0, self._create_customer("Bea"))
        action = self.program.action_start_stored_value()
        wizard = (
            self.env["member.stored.value.start"]
            .with_context(**action["context"])
            .create({"native_id": self.native.id})
        )

        self.assertEqual((wizard.card_count, wizard.balance), (1, 20))
        wizard.action_start()
        self.assertEqual(self.program.stored_value_id, self.native)

    def test_a_second_ewallet_is_refused(self):
        self.program._start_stored_value()

        with self.assertRaisesRegex(UserError, "already"):
            self.program.action_start_stored_value()

    def test_an_ewallet_of_another_company_is_refused(self):
        self.native.company_id = self._create_company()

        with self.assertRaisesRegex(UserError, "another company"):
            self.program._start_stored_value(self.native)

    def test_a_program_without_points_can_store_value(self):
        self.program.wallet_id.member_program_id = False
        self.program.wallet_id = False
        stored = self.program._start_stored_value()
        order = self._create_order(self.ada)
        order.order_line = [
            self._prepare_line(
                product_id=stored.trigger_product_ids[:1].id, price_unit=75
            )
        ]
        order.action_confirm()

        card = self.env["loyalty.card"].search(
            [("program_id", "=", stored.id), ("partner_id", "=", self.ada.id)]
        )
        self.assertEqual(card.points, 75)
