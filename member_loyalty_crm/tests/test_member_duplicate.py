from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .clean_common import CleanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestMemberDuplicate(CleanCommon):
    """Customers that may be one are proposed with the reasons, and decided once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["member.duplicate.run"].search([]).unlink()
        cls.env["member.duplicate"].search([]).unlink()
        germany = cls.env.ref("base.de")
        cls.one = cls._create_customer(
            "Lumen Lighting GmbH",
            is_company=True,
            country_id=germany.id,
            email="info@lumen.test",
        )
        cls.two = cls._create_customer(
            "LUMEN lighting",
            is_company=True,
            country_id=germany.id,
            email="sales@lumen.test",
            phone="+49 30 1234567",
        )
        cls._enroll(cls.one, cls.two, cls.ada, cls.bea)
        cls.officer = cls._create_user(
            "off",
            "officer",
            "base.group_partner_manager",
            company_id=cls.env.company.id,
        )

    def _find(self):
        """Look for duplicates; return those that are open."""
        with self._without_commits():
            self.env["member.duplicate"]._cron_find_duplicates()
        self.env.invalidate_all()
        return self.env["member.duplicate"].search([("state", "=", "open")])

    def _get_pair(self, one, other):
        first, second = sorted((one.id, other.id))
        return self.env["member.duplicate"].search(
            [("partner_id", "=", first), ("other_id", "=", second)]
        )

    def test_two_customers_are_proposed_with_the_reasons(self):
        self._find()

        pair = self._get_pair(self.one, self.two)
        self.assertEqual((pair.score, pair.level), (60, "likely"))
        self.assertEqual(
            pair.reason_text,
            "+20  Same mail domain: lumen.test\n"
            "+40  Same name, apart from spelling and legal form",
        )

    def test_the_same_address_but_another_name_is_possible_only(self):
        self._find()

        pair = self._get_pair(self.ada, self.bea)
        self.assertFalse(pair and pair.level != "possible")

    def test_searching_again_finds_nothing_new(self):
        before = self._find()

        self.assertEqual(self._find(), before)

    def test_what_changed_since_is_looked_at(self):
        self._find()
        self._travel_to("2026-03-25 10:00:00")
        late = self._create_customer("Lumen Lighting AG", is_company=True)
        self.assertFalse(self._get_pair(self.one, late))

        self._enroll(late)
        self._find()

        self.assertTrue(self._get_pair(self.one, late))

    def test_a_pair_that_is_no_longer_alike_is_withdrawn(self):
        self._find()
        self.two.write({"name": "Something Else", "email": "x@else.test"})

        self._find()

        self.assertFalse(self._get_pair(self.one, self.two))

    def test_not_a_duplicate_is_remembered_for_ever(self):
        self._find()
        pair = self._get_pair(self.one, self.two)
        pair.with_user(self.officer).action_mark_different()
        self.two.phone = "+49 30 7654321"

        self._find()

        self.assertRecordValues(
            pair, [{"state": "different", "decided_by_id": self.officer.id}]
        )
        self.assertEqual(self._get_pair(self.one, self.two), pair)

    def test_a_company_and_its_own_contact_are_never_proposed(self):
        clerk = self._create_contact(
            self.one, "Lumen Lighting", email="info@lumen.test"
        )
        self._confirm_order(clerk, 100)

        self._find()

        self.assertFalse(self._get_pair(self.one, clerk))

    def test_whoever_is_no_customer_is_not_proposed(self):
        supplier = self._create_customer("Lumen Lighting Ltd", is_company=True)

        self._find()

        self.assertFalse(self._get_pair(self.one, supplier))

    def test_contacts_of_different_companies_are_not_proposed(self):
        abroad = self._create_company("Abroad")
        self.one.company_id = self.env.company
        self.two.company_id = abroad

        self._find()

        self.assertFalse(self._get_pair(self.one, self.two))

    def test_archived_contacts_are_left_out(self):
        self._find()
        self.two.active = False

        self._find()

        self.assertFalse(self._get_pair(self.one, self.two))

    def test_what_many_share_is_no_evidence(self):
        crowd = [
            self._create_customer(f"P{n} Q{n}", phone="+49301112223") for n in range(21)
        ]
        self._enroll(*crowd)

        self._find()

        pairs = self.env["member.duplicate"].search(
            [("partner_id", "in", [one.id for one in crowd])]
        )
        self.assertFalse(pairs.filtered(lambda pair: "phone" in pair.reason_kinds))

    def test_a_free_mail_domain_is_no_evidence(self):
        pair = [
            self._create_customer(name, email=f"{name}@gmail.com")
            for name in ("Xu", "Yo")
        ]
        self._enroll(*pair)

        self._find()

        self.assertFalse(self._get_pair(*pair))

    def test_the_search_goes_on_where_it_stopped(self):
        run = self.env["member.duplicate.run"]._open()
        run._take_slice()
        self.assertEqual(self.env["member.duplicate.run"]._open(), run)
        self.assertTrue(run.position)

        self._find()

        self.assertEqual(run.phase, "done")

    def test_look_now_tells_what_it_found(self):
        action = self.env["member.duplicate"].with_user(self.officer)
        action = action.action_find_duplicates()

        self.assertIn("possible duplicates found", action["params"]["message"])
        self.assertTrue(self._get_pair(self.one, self.two))

    def test_names_with_html_are_shown_as_they_are(self):
        name = "<img src=x onerror=alert(1)> Corp of Tests"
        pair = [
            self._create_customer(name, is_company=True, phone="+49301234599")
            for _n in "ab"
        ]
        self._enroll(*pair)

        self._find()

        found = self._get_pair(*pair)
        self.assertIn("Same name", found.reason_text)
        self.assertIn(name, found.display_name)

    def test_the_form_shows_what_the_member_will_have(self):
        self._confirm_order(self.one, 1500)
        self._give_points(self.two, 25)
        self._find()
        pair = self._get_pair(self.one, self.two)

        wizard = self.env["member.duplicate.merge"].create({"duplicate_id": pair.id})

        self.assertEqual(wizard.stays_id, self.one)
        self.assertRecordValues(
            wizard, [{"tier_id": self.silver.id, "points": 1525, "orders": 1}]
        )

    def test_merging_goes_through_odoo_and_closes_the_pair(self):
        self.two.email = self.one.email
        self._find()
        pair = self._get_pair(self.one, self.two)
        wizard = self.env["member.duplicate.merge"].with_user(self.officer)
        wizard = wizard.create({"duplicate_id": pair.id, "stays_id": self.one.id})

        wizard.action_merge()

        self.assertFalse(self.two.exists())
        self.assertEqual(self.one.phone, "+49 30 1234567")
        self.assertRecordValues(
            pair, [{"state": "merged", "decided_by_id": self.officer.id}]
        )
        with self.assertRaisesRegex(UserError, "decided about these two already"):
            pair.with_user(self.officer).action_merge()

    def test_different_mails_are_said_before_odoo_refuses(self):
        self._find()
        pair = self._get_pair(self.one, self.two)
        wizard = self.env["member.duplicate.merge"].with_user(self.officer)
        wizard = wizard.create({"duplicate_id": pair.id})

        self.assertIn("different mail addresses", wizard.obstacle)
        with self.assertRaisesRegex(UserError, "only administrators"):
            wizard.action_merge()

    def test_two_logins_are_said_before_odoo_refuses(self):
        self._find()
        pair = self._get_pair(self.one, self.two)
        for contact in (self.one, self.two):
            self._create_user(
                f"u{contact.id}", "base.group_portal", partner_id=contact.id
            )

        wizard = self.env["member.duplicate.merge"].create({"duplicate_id": pair.id})

        self.assertRegex(wizard.obstacle, "login of their own|different mail")

    def test_a_stranger_cannot_be_put_in_the_form(self):
        self._find()
        pair = self._get_pair(self.one, self.two)
        wizard = self.env["member.duplicate.merge"].create(
            {"duplicate_id": pair.id, "stays_id": self.ada.id}
        )

        with self.assertRaisesRegex(UserError, "Choose which"):
            wizard.action_merge()

    def test_rights(self):
        self._find()
        pair = self._get_pair(self.one, self.two)
        salesperson = self._create_user("s", "sales_team.group_sale_salesman_all_leads")
        portal = self._create_user("p", "base.group_portal")
        half = self._create_user("h", "officer")
        calls = (
            (salesperson, "action_mark_different"),
            (salesperson, "action_merge"),
            (salesperson, "action_find_duplicates"),
            (portal, "action_mark_different"),
            (portal, "read"),
            (half, "action_merge"),
        )
        for user, method in calls:
            with (
                self.subTest(user=user.login, method=method),
                self.assertRaises(AccessError),
            ):
                getattr(pair.with_user(user), method)()
        with self.assertRaises(AccessError):
            pair.with_user(self.officer).write({"state": "merged"})
        with self.assertRaises(AccessError):
            self.env["member.merge"].with_user(self.officer).create({})

    def test_both_customers_have_to_be_visible(self):
        self._find()
        pair = self._get_pair(self.one, self.two)
        abroad = self._create_company("Abroad")
        self.two.company_id = abroad
        self.env.flush_all()

        seen = pair.with_user(self.officer)

        self.assertNotIn(pair, seen.search([]))
        with self.assertRaises(AccessError):
            seen.read(["score"])
        with self.assertRaises(AccessError):
            seen.action_mark_different()
