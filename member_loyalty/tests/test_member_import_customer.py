from odoo.tests import tagged

from .import_common import ImportCommon


@tagged("post_install", "-at_install")
class TestMemberImportCustomer(ImportCommon):
    def _create_partner(self, **values):
        return self.env["res.partner"].create({"name": "Ann", **values})

    def test_a_customer_is_found_by_reference_before_mail(self):
        by_ref = self._create_partner(ref="A1")
        self._create_partner(email="ann@example.com")

        batch = self._import("1,2011-01-10,A1,ann@example.com,Ann,,,5.00")

        self.assertEqual(batch.customer_by_ref_count, 1)
        self.assertEqual(self._get_activities().partner_id, by_ref)

    def test_a_customer_is_found_by_mail_however_it_is_written(self):
        ann = self._create_partner(email='"Ann" <Ann@Example.com>')

        batch = self._import("1,2011-01-10,A1, ann@example.COM ,Ann,,,5.00")

        self.assertEqual(batch.customer_by_mail_count, 1)
        self.assertEqual(self._get_activities().partner_id, ann)

    def test_a_purchase_of_a_contact_belongs_to_the_company(self):
        company = self._create_partner(name="Shop", is_company=True)
        contact = self._create_partner(email="ann@example.com", parent_id=company.id)

        self._import("1,2011-01-10,,ann@example.com,Ann,,,5.00")

        self.assertEqual(self._get_activities().partner_id, contact)
        self.assertEqual(self._get_activities().commercial_partner_id, company)
        self.assertEqual(self.program.tier_ids[0].membership_count, 1)

    def test_a_customer_of_another_company_is_not_found(self):
        other = self._create_company("Other Shop")
        theirs = self._create_partner(ref="A1", company_id=other.id)

        self._import("1,2011-01-10,A1,,Ann,,,5.00")

        self.assertNotEqual(self._get_activities().partner_id, theirs)

    def test_an_archived_customer_is_found_and_stays_archived(self):
        ann = self._create_partner(ref="A1", active=False)

        self._import("1,2011-01-10,A1,,Ann,,,5.00")

        self.assertEqual(self._get_activities().partner_id, ann)
        self.assertFalse(ann.active)

    def test_of_two_customers_with_one_reference_the_active_one_is_taken(self):
        self._create_partner(ref="A1", active=False)
        ann = self._create_partner(ref="A1")

        self._import("1,2011-01-10,A1,,Ann,,,5.00")

        self.assertEqual(self._get_activities().partner_id, ann)

    def test_a_mail_alone_belongs_to_the_new_customer_with_that_mail(self):
        self._import(
            "1,2011-01-10,,ann@example.com,,,,5.00",
            "2,2011-01-10,A1,ann@example.com,Ann,,,7.00",
        )

        self.assertEqual(self._get_activities().partner_id, self._find_customer("A1"))

    def test_a_customer_with_a_name_alone_is_the_same_in_the_next_file(self):
        self._create_partner(name="Bob")
        self._import("1,2011-01-10,,,Bob,,,5.00")

        self._import("2,2011-01-10,,,BOB,,,7.00")

        self.assertEqual(len(self._get_activities().partner_id), 1)

    def test_a_customer_who_moved_has_the_latest_country(self):
        self._import(
            "2,2011-02-10,A1,,Ann,France,,5.00",
            "1,2011-01-10,A1,,Ann,Belgium,,5.00",
        )

        self.assertEqual(self._find_customer("A1").country_id, self.env.ref("base.fr"))

    def test_a_customer_without_a_name_is_called_by_the_reference(self):
        self._import("1,2011-01-10,12346,,,,,5.00")

        self.assertEqual(self._find_customer("12346").name, "Customer 12346")

    def test_customers_become_members_where_the_program_says_so(self):
        self.program.enroll_on_import = False

        batch = self._import("1,2011-01-10,A1,,Ann,,,5.00")

        self.assertEqual(batch.enrolled_count, 0)
        self.assertFalse(self._find_customer("A1").member_membership_ids)

    def test_a_new_member_joined_by_import_in_the_lowest_tier(self):
        self._import("1,2011-01-10,A1,,Ann,,,50000.00")

        membership = self._find_customer("A1").member_membership_ids
        self.assertRecordValues(
            membership,
            [{"joined_by": "import", "tier_id": self.program.tier_ids[0].id}],
        )
