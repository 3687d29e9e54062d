from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from ..logic.call_queue import is_held_out
from .call_common import TODAY, CallCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestCallQueue(CallCommon):
    """Signals become calls, one for each customer, and one for each cause for ever."""

    def test_a_call_is_due_before_its_cause_ends(self):
        self._find_signal(self.ada, facts={"ends_on": "2026-03-17"})

        self._refresh()

        call = self._get_calls(self.ada)
        self.assertEqual(call.due_on, date(2026, 3, 17))
        self.assertEqual(call.activity_id.date_deadline, date(2026, 3, 17))

    def test_a_signal_becomes_a_call_of_the_account_manager(self):
        call = self._call(self.ada, kind="silent")

        activity = call.activity_id
        self.assertRecordValues(call, [{"state": "open", "user_id": self.sam.id}])
        self.assertEqual(activity.user_id, self.sam)
        self.assertEqual((activity.res_model, activity.res_id), self._key(self.ada))
        self.assertIn(call.signal_ids.reason, activity.summary)

    def _key(self, customer):
        return ("res.partner", customer.id)

    def test_nothing_is_made_until_a_manager_switches_it_on(self):
        self.program.calls_enabled = False
        self._find_signal(self.ada)

        self._refresh()

        self.assertFalse(self._get_calls())
        self.assertFalse(
            self.env["mail.activity"].search([("user_id", "=", self.sam.id)])
        )

    def test_calls_are_off_in_a_new_program(self):
        self.assertFalse(self._create_program().calls_enabled)

    def test_nobody_is_mailed_about_a_call(self):
        mails = self.env["mail.mail"].sudo().search_count([])

        self._call(self.ada)

        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), mails)

    def test_several_signals_are_one_call(self):
        self._find_signal(self.ada, "falling", weight=10)
        self._find_signal(self.ada, "complaint", weight=90)

        self._refresh()

        call = self._get_calls(self.ada)
        self.assertRecordValues(call, [{"kind": "complaint", "weight": 90}])
        self.assertEqual(len(call.signal_ids), 2)
        self.assertEqual(len(call.reason.splitlines()), 2)

    def test_a_new_signal_joins_the_open_call_and_its_activity_says_so(self):
        call = self._call(self.ada)
        news = self._find_signal(self.ada, "demand", weight=80)

        self._refresh(1)

        self.assertEqual(self._get_calls(self.ada), call)
        self.assertIn(news, call.signal_ids)
        self.assertIn(news.reason, call.activity_id.note)

    def test_doing_it_twice_changes_nothing(self):
        call = self._call(self.ada)
        activity = call.activity_id

        self._refresh()

        self.assertEqual(self._get_calls(), call)
        self.assertEqual(call.activity_id, activity)

    def test_a_cause_that_was_called_for_never_calls_again(self):
        self._call(self.ada)._close("interested")

        self._refresh(400)

        self.assertEqual(self._get_calls(self.ada).mapped("state"), ["done"])

    def test_a_signal_cannot_be_on_two_calls(self):
        call = self._call(self.ada)
        other = self._call(self.bob)

        other.signal_ids += call.signal_ids
        self.env.flush_all()
        self.env.invalidate_all()

        self.assertEqual(call.signal_ids.partner_id, self.ada)
        self.assertEqual(other.signal_ids.partner_id, self.bob)

    def test_who_was_called_is_left_in_peace_for_the_days_of_the_program(self):
        self._call(self.ada)._close("interested")
        self._find_signal(self.ada, "falling")

        self._refresh(29)
        self.assertEqual(len(self._get_calls(self.ada)), 1)
        self._refresh(30)
        self.assertEqual(len(self._get_calls(self.ada)), 2)

    def test_a_call_whose_signals_ended_is_not_needed_any_more(self):
        call = self._call(self.ada)
        activity = call.activity_id
        call.signal_ids.ended_on = TODAY

        self._refresh(1)

        self.assertEqual(call.state, "expired")
        self.assertFalse(activity.exists())

    def test_a_call_stays_while_one_of_its_signals_holds(self):
        gone = self._find_signal(self.ada, "falling")
        holds = self._find_signal(self.ada, "demand")
        self._refresh()
        gone.ended_on = TODAY

        self._refresh(1)

        call = self._get_calls(self.ada)
        self.assertEqual((call.state, call.reason), ("open", holds.reason))

    def test_calls_of_archived_customers_end(self):
        call = self._call(self.ada)
        self.ada.active = False

        self._refresh(1)

        self.assertEqual(call.state, "expired")

    def test_what_exceeds_the_limit_waits_by_weight_and_value(self):
        self.program.call_limit = 1
        low, high = self._create_member("Low"), self._create_member("High")
        self._score(low, 30)
        self._score(high, 90)
        for customer in (low, high):
            self._find_signal(customer)

        self._refresh()
        self.assertEqual(
            self._get_calls(low, high).mapped("state"), ["waiting", "open"]
        )
        self._get_calls(high)._close("ordered")
        self._refresh(1)

        self.assertEqual(self._get_calls(low).user_id, self.pia)

    def test_seniors_call_who_is_worth_it(self):
        ann = self._create_user("ann", "sales_team.group_sale_salesman")
        self.program.write(
            {
                "call_senior_user_ids": [Command.set(ann.ids)],
                "call_senior_threshold": 80,
            }
        )
        rich = self._create_member("Rich")
        self._score(rich, 80)

        self.assertEqual(self._call(rich).user_id, ann)
        self.assertEqual(self._call(self.bob).user_id, self.pia)

    def test_who_is_away_gets_no_calls_but_keeps_theirs(self):
        kept = self._call(self.ada)
        self.sam.out_of_office_from = "2026-03-14"
        eve = self._create_member("Eve", user_id=self.sam.id)

        self.assertEqual(self._call(eve).user_id, self.pia)
        self.assertEqual(kept.user_id, self.sam)

    def test_calls_of_who_leaves_go_to_others(self):
        call = self._call(self.ada)

        self.sam.action_archive()
        self._refresh(1)

        self.assertRecordValues(call, [{"state": "open", "user_id": self.pia.id}])
        self.assertEqual(call.activity_id.user_id, self.pia)

    def test_calls_of_who_loses_the_rights_go_to_others(self):
        call = self._call(self.ada)
        activity = call.activity_id

        self.sam.group_ids = [Command.set(self.env.ref("base.group_user").ids)]
        self._refresh(1)

        self.assertEqual(call.user_id, self.pia)
        self.assertFalse(activity.exists())

    def test_sql_draws_lots_as_the_rule_does(self):
        self._leave_alone(30)
        members = [self._create_member(f"M{number}") for number in range(60)]
        signals = [self._find_signal(member) for member in members]

        self._refresh()

        alone = self._get_calls(*members).filtered(lambda one: one.state == "held_out")
        expected = {
            signal.partner_id.id
            for signal in signals
            if is_held_out(signal.membership_id.id, signal.cause, 30)
        }
        self.assertTrue(expected)
        self.assertEqual(set(alone.partner_id.ids), expected)

    def test_who_is_left_alone_is_never_called_while_watched(self):
        self._leave_alone()
        self._hold_out(self.ada)
        self._find_signal(self.ada, "complaint", weight=100)

        self._refresh(1)

        self.assertEqual(self._get_calls(self.ada).mapped("state"), ["held_out"])
        self.assertFalse(self.ada.activity_ids)

    def _hold_out(self, customer):
        """Find a signal with which a customer is left alone."""
        membership = customer.member_membership_ids
        cause = next(
            f"cause {number}"
            for number in range(1000)
            if is_held_out(membership.id, f"cause {number}", 50)
        )
        return self._call(customer, cause=cause)

    def test_who_was_left_alone_can_be_called_for_something_new_later(self):
        self._leave_alone()
        self._hold_out(self.ada)
        self._leave_alone(0)

        self._refresh(90)
        self._find_signal(self.ada, "falling")
        self._refresh(91)

        self.assertEqual(
            self._get_calls(self.ada).mapped("state"), ["held_out", "open"]
        )

    def test_a_member_of_another_program_gets_no_call_of_this_one(self):
        other = self._create_program(name="Other", calls_enabled=True)
        self._find_signal(self.ada)

        other.sudo()._refresh_calls(TODAY)

        self.assertFalse(self._get_calls(self.ada))

    def test_the_activity_speaks_the_language_of_who_calls(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.sam.lang = "de_DE"
        offer = self.env["member.call.offer"].create(
            {"name": "Back", "text": "Welcome back", "program_id": self.program.id}
        )
        offer.with_context(lang="de_DE").text = "Willkommen zurück"

        call = self._call(self.ada)

        self.assertIn("Willkommen zurück", call.activity_id.note)
        self.assertEqual(call.offer, "Welcome back")

    def test_texts_of_customers_are_no_html(self):
        self.ada.name = "<b>Ada</b>"
        offer = self.env["member.call.offer"].create(
            {"name": "Bad", "text": "<script>1</script>{{ 1 }}"}
        )

        call = self._call(self.ada)

        self.assertEqual(call.offer_id, offer)
        self.assertNotIn("<script", call.activity_id.note)
        self.assertIn("{{ 1 }}", call.activity_id.note)
