from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .rights_common import READ_ONLY, RightsCommon


@tagged("post_install", "-at_install")
class TestRights(RightsCommon):
    """A salesperson reads, an officer corrects, a manager configures."""

    def test_a_salesperson_reads_everything(self):
        for model in READ_ONLY:
            record = self._get_record(model).with_user(self.salesperson)

            self.assertTrue(record.read(), model)

    def test_a_salesperson_sees_the_tier_on_contacts_and_orders(self):
        customer = self.customer.with_user(self.salesperson)
        quotation = self._create_order(self.customer, 1)

        self.assertEqual(customer.member_tier_id, self.silver)
        self.assertEqual(
            quotation.with_user(self.salesperson).member_tier_id, self.silver
        )
        self.assertEqual(
            customer.search([("member_tier_id", "=", self.silver.id)]), customer
        )

    def test_a_salesperson_writes_creates_and_deletes_nothing_of_ours(self):
        for model in READ_ONLY:
            record = self._get_record(model).with_user(self.salesperson)
            with self.assertRaises(UserError, msg=f"write {model}"):
                record.write({"create_uid": self.salesperson.id})
            with self.assertRaises(AccessError, msg=f"create {model}"):
                record.create({})
            with self.assertRaises(UserError, msg=f"unlink {model}"):
                record.unlink()
            self.assertTrue(record.exists())

    def test_a_salesperson_cannot_change_tiers_through_the_contact(self):
        customer = self.customer.with_user(self.salesperson)
        commands = (
            {
                "member_membership_ids": [
                    Command.update(self.membership.id, {"tier_id": 1})
                ]
            },
            {
                "member_membership_ids": [
                    Command.create({"program_id": self.program.id})
                ]
            },
            {"member_membership_ids": [Command.delete(self.membership.id)]},
        )
        for vals in commands:
            with self.assertRaises(UserError):
                customer.write(vals)

        self.assertEqual(self._get_tier(self.customer), "Silver")

    def test_a_salesperson_who_confirms_books_and_lifts_all_the_same(self):
        order = self._create_order(self.customer, 9000)
        order.with_user(self.salesperson).action_confirm()

        self.assertEqual(self._get_tier(self.customer), "Gold")

    def test_an_officer_assigns_a_tier_with_a_reason(self):
        wizard = (
            self.env["member.tier.assignment"]
            .with_user(self.officer)
            .create(
                {
                    "membership_ids": self.membership.ids,
                    "tier_id": self.gold.id,
                    "reason": "Fair",
                }
            )
        )
        wizard.action_assign()

        self.assertEqual(self.membership.tier_id, self.gold)
        decision = self.membership.decision_ids.sorted("id")[-1]
        self.assertEqual((decision.event, decision.reason), ("manual", "Fair"))
        self.assertEqual(decision.create_uid, self.officer)

    def test_a_tier_of_another_program_cannot_be_assigned(self):
        other = self._create_program(sequence=99)
        with self.assertRaises(UserError):
            self.membership.with_user(self.officer).write(
                {"tier_id": other.tier_ids[0].id}
            )

    def test_an_officer_enrols_and_tags(self):
        newcomer = self._create_customer("Bea")
        with Form(self.env["member.membership"].with_user(self.officer)) as form:
            form.partner_id = newcomer
            form.program_id = self.program
        form.record.tag_ids = self.tag

        self.assertEqual(newcomer.member_tag_ids, self.tag)

    def test_an_officer_without_contact_rights_tags_members(self):
        officer = self._create_user("tagger", "officer")
        self.membership.with_user(officer).tag_ids = self.tag

        self.assertEqual(self.customer.member_tag_ids, self.tag | self.rule_tag)

    def test_an_officer_reverses_an_activity_once(self):
        activity = self.activity.with_user(self.officer)
        wizard = self.env["member.activity.reversal"].with_user(self.officer)
        wizard.create(
            {"activity_ids": activity.ids, "reason": "Wrong"}
        ).action_reverse()

        rows = self.env["member.activity"].search(
            [("commercial_partner_id", "=", self.customer.id)]
        )
        self.assertEqual(sum(rows.mapped("amount")), 0)
        self.assertEqual(sum(rows.mapped("order_count")), 0)
        for wrong in (activity, rows.filtered(lambda row: row.event == "reversed")):
            with self.assertRaisesRegex(UserError, "once"):
                wrong.with_user(self.officer)._reverse("Again")

    def test_taking_a_deduction_back_lifts_at_once(self):
        deduction = self._book(self.customer, -600, count=0)
        self._book(self.customer, 9000)

        deduction.with_user(self.officer)._reverse("Not theirs")

        self.assertEqual(self._get_tier(self.customer), "Gold")

    def test_an_officer_does_not_configure(self):
        for record in (self.program, self.silver, self.silver.rule_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.officer).write({"sequence": 1})
        with self.assertRaises(AccessError):
            self.program.with_user(self.officer).action_evaluate()

    def test_a_membership_cannot_become_somebody_else_s(self):
        other = self._create_customer("Bea")
        with self.assertRaisesRegex(UserError, "stays with its contact"):
            self.membership.with_user(self.officer).partner_id = other

    def test_a_manager_makes_a_program_and_evaluates_it(self):
        program = self._create_program(sequence=99).with_user(self.manager)
        program.tier_ids[1].rule_ids.condition_ids.value = 5
        program.action_evaluate()

        self.assertEqual(str(program.evaluated_until), "2026-03-15")

    def test_not_even_a_manager_changes_or_deletes_what_is_recorded(self):
        recorded = (self.activity, self.membership.decision_ids[0])
        for record in recorded:
            for user in (self.manager, self.env.ref("base.user_root")):
                with self.assertRaises(UserError):
                    record.with_user(user).write({"reason": "x"})
                with self.assertRaises(UserError):
                    record.with_user(user).unlink()
            with self.assertRaises(UserError):
                record.sudo().write({"reason": "x"})
            with self.assertRaises(UserError):
                record.sudo().unlink()
        with self.assertRaises(UserError):
            self.membership.sudo().unlink()

    def test_nobody_enters_activities_or_decisions(self):
        for user in (self.salesperson, self.officer, self.manager):
            for model in ("member.activity", "member.tier.decision"):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).create({})


@tagged("post_install", "-at_install")
class TestRightsOfOthers(RightsCommon):
    """Colleagues without our groups, customers, and people of other companies."""

    def test_a_colleague_without_our_groups_works_on_as_before(self):
        customer = self.customer.with_user(self.employee)
        customer.write({"phone": "1"})
        with Form(customer) as form:
            form.name = "Ada L."
        created = customer.create({"name": "Bea", "parent_id": customer.id})
        created.parent_id = False

        self.assertNotIn("member_tier_id", customer.fields_get())
        self.assertTrue(customer.web_search_read([], {"name": {}})["length"])

    def test_an_accountant_posts_credit_notes_and_reads_orders(self):
        accountant = self._create_user("books", "account.group_account_invoice")
        invoice = self._invoice(self.order)
        self._credit(invoice.with_user(accountant), 100)

        order = self.order.with_user(accountant)
        self.assertTrue(order.read(["member_tier_id", "name"]))
        rows = self.env["member.activity"].search(
            [("commercial_partner_id", "=", self.customer.id)]
        )
        self.assertEqual(sum(rows.mapped("amount")), 1400)

    def test_customers_read_nothing_of_ours(self):
        for user in (self.portal, self.public, self.employee):
            for model in READ_ONLY:
                with self.assertRaises(AccessError, msg=f"{user.login} {model}"):
                    self.env[model].with_user(user).search_read([], limit=1)

    def test_a_customer_does_not_see_tiers_on_contacts(self):
        own = self.portal.partner_id.with_user(self.portal)
        for name in ("member_tier_id", "member_membership_ids", "member_tag_ids"):
            with self.assertRaises(AccessError):
                own.read([name])
            with self.assertRaises(AccessError):
                own.search([(name, "!=", False)])

    def test_people_of_another_company_see_nothing(self):
        abroad = self._create_company()
        stranger = self._create_user(
            "stranger",
            "manager",
            "sales_team.group_sale_manager",
            company_id=abroad.id,
            company_ids=[Command.set(abroad.ids)],
        )
        for model in set(READ_ONLY) - {"member.tag"}:
            records = self.env[model].with_user(stranger)
            self.assertFalse(
                records.search([("company_id", "=", self.company.id)]), model
            )
            with self.assertRaises(AccessError, msg=model):
                self._get_record(model).with_user(stranger).read()

    def test_a_salesperson_abroad_sees_no_tier_of_ours(self):
        abroad = self._create_company()
        stranger = self._create_user(
            "stranger",
            "sales_team.group_sale_salesman_all_leads",
            company_id=abroad.id,
            company_ids=[Command.set(abroad.ids)],
        )
        customer = self.customer.with_user(stranger)

        self.assertFalse(customer.member_tier_id)
        self.assertFalse(customer.member_membership_ids)
        self.assertFalse(customer.search([("member_tier_id", "=", self.silver.id)]))

    def test_searching_by_tier_finds_contacts_of_archived_companies(self):
        factory = self._create_customer("Factory", is_company=True)
        buyer = self._create_customer("Buyer", parent_id=factory.id)
        self._enroll(factory, tier=self.gold)
        factory.active = False

        found = self.env["res.partner"].search([("member_tier_id", "=", self.gold.id)])
        nobody = self.env["res.partner"].search([("member_tier_id", "=", False)])

        self.assertEqual(found, buyer)
        self.assertNotIn(buyer, nobody)
        self.assertIn(self.portal.partner_id, nobody)
