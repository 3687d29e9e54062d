from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import MemberCommon
from .point_invariants import assert_points_are_sound


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestPointTakeover(MemberCommon):
    """Cards that Odoo's own loyalty kept become wallets, and can go back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.native = cls.env["loyalty.program"].create(
            {
                "name": "Old Club",
                "program_type": "loyalty",
                "company_id": cls.env.company.id,
            }
        )
        cls.company = cls._create_customer("Acme", is_company=True)
        cls.contact = cls._create_customer("Bea", parent_id=cls.company.id)
        cls.ada = cls._create_customer()
        cls.card_of_company = cls._create_card(cls.company, 100)
        cls.card_of_contact = cls._create_card(cls.contact, 50)
        cls.card_of_ada = cls._create_card(cls.ada, 30)
        cls.second_of_ada = cls._create_card(cls.ada, 20)
        cls.nobodys = cls._create_card(cls.env["res.partner"], 5)

    def tearDown(self):
        try:
            assert_points_are_sound(self.env)
        finally:
            super().tearDown()

    @classmethod
    def _create_card(cls, partner, points):
        card = cls.env["loyalty.card"].create(
            {
                "program_id": cls.native.id,
                "partner_id": partner.id,
                "points": points,
            }
        )
        cls.env["loyalty.history"].create(
            {"card_id": card.id, "description": "Gift", "issued": points}
        )
        return card

    def _take_over(self):
        batch = self.env["member.point.import"].create(
            {
                "program_id": self.program.id,
                "source": "cards",
                "native_program_id": self.native.id,
            }
        )
        batch.action_check()
        batch.action_book()
        self.env.invalidate_all()
        return batch

    def _get_card(self, partner):
        return self.env["loyalty.card"]._get_member_wallet(self.program, partner)

    def test_the_program_becomes_the_wallet_and_card_numbers_stay(self):
        code = self.card_of_company.code
        self._take_over()

        self.assertEqual(self.program.wallet_id, self.native)
        self.assertEqual(self.native.member_program_id, self.program)
        self.assertEqual(self._get_card(self.company).code, code)

    def test_cards_of_one_owner_are_merged(self):
        batch = self._take_over()

        self.assertEqual(self._get_card(self.ada), self.card_of_ada)
        self.assertEqual(self.card_of_ada.points, 50)
        self.assertRecordValues(self.second_of_ada, [{"points": 0, "active": False}])
        self.assertEqual(self._get_card(self.contact), self.card_of_company)
        self.assertEqual(self.card_of_company.points, 150)
        self.assertEqual(
            (batch.total_points, batch.booked_points, batch.refused_points),
            (205, 200, 5),
        )
        self.assertEqual(batch.difference, 0)

    def test_contacts_keep_their_own_where_the_program_says_so(self):
        self.program.purse = "contact"
        self._take_over()

        self.assertEqual(self._get_card(self.contact).points, 50)
        self.assertEqual(self._get_card(self.company).points, 100)

    def test_a_program_that_keeps_points_already_takes_them_into_its_wallet(self):
        wallet = self.program._start_points()
        self._take_over()

        self.assertEqual(self.program.wallet_id, wallet)
        self.assertEqual(self._get_card(self.ada).points, 50)
        self.assertFalse(self.card_of_ada.active)

    def test_undoing_gives_the_cards_back_as_they_were(self):
        batch = self._take_over()
        batch.action_undo()
        self.env.invalidate_all()

        self.assertFalse(self.program.wallet_id)
        self.assertFalse(self.native.member_program_id)
        cards = (
            self.card_of_company
            | self.card_of_contact
            | self.card_of_ada
            | self.second_of_ada
        )
        self.assertEqual(cards.mapped("points"), [100, 50, 30, 20])
        self.assertEqual(
            cards.mapped("partner_id"), self.company | self.contact | self.ada
        )
        self.assertTrue(all(cards.mapped("active")))

    def test_after_undoing_it_can_be_taken_over_again(self):
        self._take_over().action_undo()
        batch = self._take_over()

        self.assertEqual(batch.booked_points, 200)
        self.assertEqual(self._get_card(self.ada).points, 50)

    def test_undoing_what_members_used_leaves_the_wallet_where_it_is(self):
        batch = self._take_over()
        self._get_card(self.ada).points = 10
        batch.action_undo()

        self.assertEqual(self.program.wallet_id, self.native)
        self.assertEqual(self._get_card(self.ada).points, 0)
        self.assertEqual(batch.spent_points, 40)

    def test_cards_that_changed_since_the_check_ask_for_another_one(self):
        batch = self.env["member.point.import"].create(
            {
                "program_id": self.program.id,
                "source": "cards",
                "native_program_id": self.native.id,
            }
        )
        batch.action_check()
        self.card_of_ada.points = 31
        self.env.flush_all()
        with self.assertRaisesRegex(UserError, "Check again"):
            batch.action_book()

    def test_points_do_not_move_between_companies(self):
        self.native.company_id = self._create_company()
        with self.assertRaisesRegex(UserError, "between companies"):
            self._take_over()
