from odoo.exceptions import UserError
from odoo.tests import tagged

from .import_common import ImportCommon

LINES = ("1,2011-01-10,A1,,Ann,,,5.00", "C2,2011-02-10,A1,,Ann,,,-2.00")


@tagged("post_install", "-at_install")
class TestMemberImportUndo(ImportCommon):
    def test_undoing_books_the_opposite_at_the_same_day(self):
        batch = self._import(*LINES)

        batch.action_undo()

        self.assertEqual(batch.state, "undone")
        self.assertRecordValues(
            self._get_activities()[2:],
            [
                {"amount": -5.0, "order_count": -1, "revision": 2},
                {"amount": 2.0, "order_count": 0, "revision": 2},
            ],
        )
        self.assertEqual(
            self._get_activities()[2:].mapped("date"),
            self._get_activities()[:2].mapped("date"),
        )
        self.assertEqual(
            set(self._get_activities()[2:].mapped("event")), {"import_undone"}
        )

    def test_undoing_takes_away_what_only_the_import_made(self):
        batch = self._import(*LINES)
        ann = self._find_customer("A1")
        membership = ann.member_membership_ids

        batch.action_undo()

        self.assertFalse(ann.active)
        self.assertFalse(membership.active)

    def test_undoing_leaves_customers_with_an_order(self):
        batch = self._import(*LINES)
        ann = self._find_customer("A1")
        self.env["sale.order"].create({"partner_id": ann.id})

        batch.action_undo()

        self.assertTrue(ann.active)

    def test_undoing_leaves_customers_and_members_of_another_import(self):
        batch = self._import(*LINES)
        self._import("3,2011-03-10,A1,,Ann,,,7.00")
        ann = self._find_customer("A1")

        batch.action_undo()

        self.assertTrue(ann.active)
        self.assertTrue(ann.member_membership_ids.active)

    def test_undoing_both_imports_leaves_nobody_in_either_order(self):
        first = self._import(*LINES)
        second = self._import("3,2011-03-10,A1,,Ann,,,7.00")
        ann = self._find_customer("A1")

        second.action_undo()
        first.action_undo()

        self.assertFalse(ann.active)
        self.assertFalse(sum(self._get_activities().mapped("amount")))

    def test_undoing_leaves_customers_it_did_not_create(self):
        ann = self.env["res.partner"].create({"name": "Ann", "ref": "A1"})
        batch = self._import(*LINES)

        batch.action_undo()

        self.assertTrue(ann.active)

    def test_a_batch_is_undone_once(self):
        batch = self._import(*LINES)
        batch.action_undo()

        with self.assertRaises(UserError):
            batch.action_undo()

        self.assertEqual(len(self._get_activities()), 4)

    def test_only_an_imported_batch_is_undone(self):
        batch = self._create_batch(*LINES)

        with self.assertRaises(UserError):
            batch.action_undo()

    def test_an_undone_batch_can_be_imported_again(self):
        batch = self._import(*LINES)
        ann = self._find_customer("A1")
        batch.action_undo()

        batch.action_check()
        batch.action_import()

        self.assertTrue(ann.active)
        self.assertTrue(ann.member_membership_ids.active)
        self.assertEqual(self._find_customer("A1"), ann)
        self.assertEqual(sum(self._get_activities().mapped("amount")), 3.0)
        self.assertEqual(set(self._get_activities()[4:].mapped("revision")), {3})

    def test_another_file_can_bring_undone_documents_again_and_be_undone(self):
        self._import(*LINES).action_undo()
        ann = self._find_customer("A1")

        again = self._import(*LINES)

        self.assertTrue(ann.active)
        self.assertEqual(sum(self._get_activities().mapped("amount")), 3.0)
        again.action_undo()
        self.assertFalse(ann.active)
        self.assertEqual(sum(self._get_activities().mapped("amount")), 0.0)

    def test_what_was_reversed_by_hand_is_not_taken_back_twice(self):
        batch = self._import(*LINES)
        activity = self._get_activities()[0]
        self.env["member.activity"].sudo().create(
            activity._prepare_reversal_values("A mistake")
        )

        batch.action_undo()

        self.assertEqual(sum(self._get_activities().mapped("amount")), 0.0)
        self.assertEqual(sum(self._get_activities().mapped("order_count")), 0)

    def test_each_step_is_in_the_chatter(self):
        batch = self._import(*LINES)
        batch.action_undo()

        said = " ".join(batch.message_ids.mapped("body"))
        for step in ("Checked", "Imported", "Undone"):
            self.assertIn(step, said)
