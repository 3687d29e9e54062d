from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .point_common import PointsCommon


class TestPointDrift(PointsCommon):
    """Whatever changes points past their entries is found, and booked by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("club manager", "manager")
        cls.officer = cls._create_user("club officer", "officer")
        cls.customer = cls._create_customer()
        cls._confirm_order(cls.customer, 100)
        cls.card = cls._get_card(cls.customer)
        cls.env.flush_all()

    def _cheat(self, query, *parameters):
        """Change the database past everything that books points."""
        self.env.flush_all()
        self.env.cr.execute(query, [*parameters, self.card.id])
        self.env.invalidate_all()

    def _cheat_card(self, points):
        self._cheat("UPDATE loyalty_card SET points = %s WHERE id = %s", points)

    def _check(self):
        self._run_cron("check_points")
        return self.env["member.point.drift"].search([("state", "=", "open")])

    def _book(self, drift, reason="Agreed with sales"):
        drift.with_user(self.manager)._book_difference(reason)
        self.env.invalidate_all()

    def test_sound_points_give_no_difference(self):
        self.assertFalse(self._check())

    def test_points_changed_in_the_database_are_found(self):
        self._cheat_card(130)

        drift = self._check()

        self.assertRecordValues(
            drift,
            [{"what": "points", "expected": 100, "found": 130, "difference": 30}],
        )
        self.assertEqual(str(drift.found_on), "2026-03-15")
        self._book(drift)

    def test_points_owed_and_lots_changed_in_the_database_are_found(self):
        self._cheat("UPDATE loyalty_card SET member_debt = 7 WHERE id = %s")
        self._cheat("UPDATE member_point_lot SET remaining = 60 WHERE card_id = %s")

        drifts = self._check()

        self.assertEqual(
            {(one.what, one.expected, one.found) for one in drifts},
            {("debt", 0, 7), ("lots", 100, 60), ("lot", 100, 60)},
        )
        self._book(drifts[0])
        self.assertFalse(self._check())
        self.assertEqual((self.card.points, self.card.member_debt), (100, 7))

    def test_two_lots_that_make_up_for_each_other_are_found(self):
        self._confirm_order(self.customer, 100)
        lots = self.env["member.point.lot"].search([("card_id", "=", self.card.id)])
        self.card._book_change(-150)
        self.assertEqual(lots.sorted("id").mapped("remaining"), [0, 50])
        self._cheat("UPDATE member_point_lot SET remaining = 25 WHERE card_id = %s")

        drifts = self._check()

        self.assertEqual(drifts.mapped("what"), ["lot", "lot"])
        self._book(drifts[0])
        self.assertEqual(lots.sorted("id").mapped("remaining"), [0, 50])

    def test_a_lot_that_was_deleted_is_made_again(self):
        self._cheat("DELETE FROM member_point_lot WHERE card_id = %s")
        drift = self._check()
        self.assertEqual(drift.what, "lots")

        self._book(drift)

        self.assertEqual(self.card.member_usable_points, 100)

    def test_a_known_difference_is_listed_once_with_its_latest_figures(self):
        self._cheat_card(130)
        first = self._check()
        self._cheat_card(140)

        self.assertEqual(self._check(), first)
        self.assertEqual(first.found, 140)
        self._book(first)

    def test_a_difference_that_is_gone_stays_on_the_list_as_settled(self):
        self._cheat_card(130)
        drift = self._check()
        self._cheat_card(100)

        self.assertFalse(self._check())

        self.assertEqual(drift.state, "settled")
        self.assertFalse(drift.settled_by_id)

    def test_booking_makes_the_entries_follow_the_card(self):
        for points in (130, 30):
            with self.subTest(points=points):
                before = self.card.points
                self._cheat_card(points)

                self._book(self._check())

                entry = self.env["member.point.entry"].search(
                    [("card_id", "=", self.card.id)], limit=1
                )
                self.assertRecordValues(
                    entry,
                    [
                        {
                            "kind": "adjusted",
                            "points": points - before,
                            "balance": points,
                            "reason": "Agreed with sales",
                        }
                    ],
                )
                self.assertEqual(self.card.points, points)
                self.assertFalse(self._check())

    def test_points_below_zero_become_a_debt(self):
        self._cheat_card(-10)

        self._book(self._check())

        self.assertEqual((self.card.points, self.card.member_debt), (0, 10))

    def test_booking_takes_what_has_expired_first(self):
        self.card._book_change(50)
        self._cheat(
            "UPDATE member_point_lot SET expires_at = '2026-03-15' WHERE card_id = %s"
            " AND points = 50"
        )
        self._cheat_card(120)

        self._book(self._check())

        self.assertEqual(
            self._kinds(self.customer)[-2:], [("expired", -50), ("adjusted", -30)]
        )
        self.assertEqual(self.card.points, 70)

    def test_nothing_is_booked_by_itself(self):
        self._cheat_card(130)
        entries = self.env["member.point.entry"].search_count([])

        drift = self._check()

        self.assertEqual(self.env["member.point.entry"].search_count([]), entries)
        self.assertEqual(self.card.points, 130)
        self._book(drift)

    def test_only_managers_book_and_only_once(self):
        self._cheat_card(130)
        drift = self._check()
        with self.assertRaises(AccessError):
            drift.with_user(self.officer)._book_difference("For fun")

        self._book(drift)

        self.assertEqual(drift.settled_by_id, self.manager)
        with self.assertRaisesRegex(UserError, "is settled"):
            self._book(drift)

    def test_officers_do_not_see_differences(self):
        with self.assertRaises(AccessError):
            self.env["member.point.drift"].with_user(self.officer).search([])

    def test_the_button_asks_for_a_reason(self):
        self._cheat_card(130)
        drift = self._check().with_user(self.manager)
        action = drift.action_book_difference()

        form = Form(
            self.env[action["res_model"]]
            .with_user(self.manager)
            .with_context(**action["context"])
        )
        form.reason = "Found in the paper file"
        form.save().action_book()

        self.assertEqual(drift.reason, "Found in the paper file")

    def test_a_manager_is_asked_once_for_each_program(self):
        other = self._open_card(self._create_customer("Bob"))
        self._cheat_card(130)
        self.env.cr.execute(
            "UPDATE loyalty_card SET points = 5 WHERE id = %s", [other.id]
        )
        self.env.invalidate_all()

        drifts = self._check()
        self._check()

        self.assertEqual(len(drifts), 2)
        self.assertEqual(len(drifts.activity_ids), 1)
        self.assertEqual(drifts.activity_ids.user_id, self.program._find_manager())
        for drift in drifts:
            self._book(drift)
        self.assertFalse(drifts.activity_ids)
