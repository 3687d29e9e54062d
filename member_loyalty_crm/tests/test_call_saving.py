from datetime import timedelta

from odoo.tests import Form, freeze_time, tagged

from odoo.addons.member_loyalty.logic.proportions import Share, difference

from .call_common import TODAY, CallCommon

DAYS = 90


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestCallSaving(CallCommon):
    """Who was handed out is compared with who was left alone, by the journal."""

    def _judge(self):
        self._refresh(DAYS)

    def _leave(self, customer, **values):
        """Make a call that nobody makes: the customer is left alone from today."""
        call = self._call(customer, **values)
        activity = call.activity_id
        call.write({"state": "held_out", "activity_id": False})
        activity.unlink()
        return call

    def test_a_purchase_counts_from_the_day_of_the_call_for_the_days_of_the_program(
        self,
    ):
        cases = {
            "before": (-1, False),
            "first": (0, True),
            "last": (DAYS - 1, True),
            "late": (DAYS, False),
        }
        calls = {}
        for name, (days, _expected) in cases.items():
            customer = self._create_member(name)
            calls[name] = self._call(customer)
            self._book(customer, 100, on=TODAY + timedelta(days=days))

        self._judge()

        for name, (_days, expected) in cases.items():
            with self.subTest(name=name):
                self.assertEqual(calls[name].is_saved, expected)

    def test_what_was_given_back_is_taken_off(self):
        call = self._call(self.ada)
        self._book(self.ada, 100, on=TODAY)
        self._book(self.ada, -100, on=TODAY + timedelta(days=9), count=-1)

        self._judge()

        self.assertRecordValues(call, [{"is_saved": False, "saved_amount": 0}])

    def test_a_contacts_purchase_counts_for_the_company(self):
        firm = self._create_member("Firm", is_company=True)
        contact = self._create_customer("Ann", parent_id=firm.id)
        call = self._call(firm)
        self._book(contact, 70)

        self._judge()

        self.assertEqual((call.is_saved, call.saved_amount), (True, 70))

    def test_nothing_is_settled_before_the_days_are_over(self):
        call = self._call(self.ada)
        self._book(self.ada, 100)

        self._refresh(DAYS - 1)
        self.assertFalse(call.judged_on)
        self._refresh(DAYS)
        self.assertTrue(call.judged_on)

    def test_who_bought_before_being_called_still_counts(self):
        call = self._call(self.ada)
        call.signal_ids.ended_on = TODAY
        self._book(self.ada, 100)

        self._judge()

        self.assertEqual((call.state, call.is_saved), ("expired", True))
        self.assertEqual(self._count_report()[False], (1, 1))

    def test_days_are_settled_after_calls_are_switched_off(self):
        call = self._call(self.ada)
        self.program.calls_enabled = False

        self._judge()

        self.assertTrue(call.judged_on)

    def _count_report(self):
        rows = self.env["member.call.report"]._read_group(
            [("program_id", "=", self.program.id), ("is_judged", "=", True)],
            ["is_alone"],
            ["count:sum", "saved_count:sum"],
        )
        return {alone: (count, saved) for alone, count, saved in rows}

    def _prepare_groups(self, called, called_saved, alone, alone_saved):
        self.program.call_limit = 1000
        for number in range(called + alone):
            customer = self._create_member(f"M{number}")
            is_alone = number >= called
            if is_alone:
                self._leave(customer)
            else:
                self._call(customer)._close("interested")
            place = number - called if is_alone else number
            if place < (alone_saved if is_alone else called_saved):
                self._book(customer, 10)
        self._judge()

    def test_the_summary_says_how_many_bought_and_how_sure_that_is(self):
        self._prepare_groups(12, 9, 5, 1)

        summary = self.env["member.call.saving"].create({}).summary

        interval = difference(Share(9, 12), Share(1, 5))
        self.assertEqual(self._count_report(), {False: (12, 9), True: (5, 1)})
        self.assertIn("12 handed out, 12 of them called: 9 bought (75 %)", summary)
        self.assertIn("5 left alone: 1 bought (20 %)", summary)
        self.assertIn(f"{round(100 * interval.value)} points", summary)
        self.assertIn(f"between {round(100 * interval.low)} and", summary)
        self.assertIn(f"and {round(100 * interval.high)}", summary)
        self.assertIn("Too few", summary)

    def test_a_clear_difference_is_said_to_be_one(self):
        self._prepare_groups(12, 12, 12, 1)

        with Form(self.env["member.call.saving"]) as saving:
            self.assertIn("Calls keep customers.", saving.summary)
            saving.kind = "complaint"
            self.assertIn("over yet", saving.summary)

    def test_lines_tell_reasons_tiers_months_and_people_apart(self):
        self._prepare_groups(2, 1, 1, 0)
        saving = self.env["member.call.saving"].create({})

        names = {}
        for group in ("kind", "tier_id", "started_on:month", "user_id"):
            saving.group_by = group
            self.env.flush_all()
            saving.invalidate_recordset()
            names[group] = saving.line_ids.mapped("name")

        self.assertEqual(names["kind"], ["Silent"])
        self.assertEqual(names["tier_id"], ["Ordinary"])
        self.assertEqual(names["started_on:month"], ["March 2026"])
        self.assertEqual(names["user_id"], [self.pia.name])
        self.assertEqual(saving.line_ids.handed_out_share, 0.5)

    def test_nothing_is_said_of_nobody(self):
        summary = self.env["member.call.saving"].create({}).summary

        self.assertIn("90", summary)
        self.assertIn("over yet", summary)

    def test_the_report_opens_with_what_the_summary_counts(self):
        self._prepare_groups(1, 1, 1, 0)

        action = self.env["member.call.saving"].create({}).action_open_report()

        found = self.env["member.call.report"].search(action["domain"])
        self.assertEqual(len(found), 2)
