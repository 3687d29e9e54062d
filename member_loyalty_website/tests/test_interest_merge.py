from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.member_loyalty_website.queries import behaviour as queries

from .interest_common import SEARCH, MemberInterestCommon


@tagged("post_install", "-at_install")
class TestInterestMerge(MemberInterestCommon):
    def _log_in(self, login):
        """Log in with the session that the visitor has, by the form."""
        self._send("/web/login", login=login, password=login)

    def _visit_as_nobody(self):
        self._visit(None)
        self._send(seconds=30)
        self._send(SEARCH, words="lamp")

    def test_a_visitor_has_a_random_key_and_no_name(self):
        self._visit_as_nobody()

        row = self._get_rows()
        self.assertFalse(row.partner_id)
        self.assertGreaterEqual(len(row.visitor_key), 32)

    def test_what_a_visitor_looked_at_is_added_to_the_contact_once(self):
        self._note(self.ann, view_count=2, seconds=100)
        self.env.flush_all()
        self._visit_as_nobody()

        self._log_in("ann")
        self._log_in("ann")

        self.env.invalidate_all()
        self.assertRecordValues(
            self._get_rows(),
            [{"partner_id": self.ann.id, "view_count": 3, "seconds": 130}],
        )
        self.assertEqual(self.searches.search([]).partner_id, self.ann)
        self._visit_as_nobody()
        self.assertEqual(self._get_rows(self.ann).view_count, 3)

    def test_sums_of_a_day_keep_within_the_limit(self):
        self._note(self.ann, seconds=3000)
        self._note(seconds=3000)

        self.ann._take_interests(queries.of_visitor("a visitor"))

        self.assertRecordValues(
            self._get_rows(), [{"partner_id": self.ann.id, "seconds": 3600}]
        )

    def test_a_visitor_who_turns_out_to_refuse_is_forgotten(self):
        kept = self._note(self.ann, self.shade)
        self.ann.member_refuses_interest = True
        self.env.flush_all()
        self._visit_as_nobody()

        self._log_in("ann")

        self.env.invalidate_all()
        self.assertEqual(self._get_rows(), kept)

    def test_a_visitor_who_turns_out_to_be_staff_is_forgotten(self):
        new_test_user(self.env, "sam", "base.group_user", password="sam")
        self._visit_as_nobody()

        self._log_in("sam")

        self.env.invalidate_all()
        self.assertFalse(self._get_rows())

    def test_a_visitor_who_takes_the_consent_back_is_forgotten(self):
        self._visit_as_nobody()
        self._answer_cookies(False)

        self._send()

        self.assertFalse(self._get_rows() or self.searches.search([]))

    def test_merged_contacts_are_summed(self):
        self._note(self.ann, view_count=2)
        twin = self.acme.create({"name": "Ann", "parent_id": self.acme.id})
        self._note(twin, view_count=3)
        self._note(twin, self.shade, view_count=1)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})

        wizard._merge((self.ann | twin).ids, self.ann, extra_checks=False)

        self.env.invalidate_all()
        rows = self._get_rows().sorted(lambda row: row.product_tmpl_id.name)
        self.assertRecordValues(
            rows,
            [
                {"partner_id": self.ann.id, "view_count": 5},
                {"partner_id": self.ann.id, "view_count": 1},
            ],
        )

    def test_old_rows_go_after_the_months_of_the_website(self):
        self.website.member_interest_months = 2
        old = self._note(self.ann, days_ago=70)
        recent = self._note(self.ann, days_ago=50)

        self.interests._gc_old_interests()

        self.env.invalidate_all()
        self.assertFalse(old.exists())
        self.assertTrue(recent.exists())

    def test_visitors_who_never_log_in_are_forgotten_after_thirty_days(self):
        old, recent = self._note(days_ago=31), self._note(days_ago=30)

        self.interests._gc_old_interests()

        self.env.invalidate_all()
        self.assertFalse(old.exists())
        self.assertTrue(recent.exists())

    def test_cleaning_goes_by_batches_and_says_what_is_left(self):
        for days in (400, 401, 402):
            self._note(self.ann, days_ago=days)
        module = "odoo.addons.member_loyalty_website.models.member_behaviour.GC_LIMIT"

        with patch(module, 2):
            self.assertEqual(self.interests._gc_old_interests(), (2, True))
            self.assertEqual(self.interests._gc_old_interests(), (1, False))

    def test_deleting_the_account_deletes_what_was_noted(self):
        self._note(self.ann)
        of_bob = self._note(self.bob)

        self.ann.user_ids._deactivate_portal_user()

        self.env.invalidate_all()
        self.assertEqual(self._get_rows(), of_bob)

    def test_a_row_belongs_to_somebody_and_to_one_only(self):
        row = self._note(self.ann)

        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            row.visitor_key = "both"
            self.env.flush_all()
