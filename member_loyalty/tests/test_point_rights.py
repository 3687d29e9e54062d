from odoo.exceptions import AccessError
from odoo.tests import tagged

from .point_rights_common import DOORS, POINT_MODELS, PointRightsCommon


@tagged("post_install", "-at_install")
class TestPointRights(PointRightsCommon):
    """Salespeople sell, and points follow; nobody makes points but officers."""

    def test_a_salesperson_writes_no_points_whatever_the_context_says(self):
        for context in DOORS:
            card = self._as(self.card, **context)
            with self.subTest(context=context):
                self._try(lambda card=card: card.write({"points": 9999}))
                self._try(lambda card=card: setattr(card, "points", 9999))

                self._assert_untouched()

    def test_a_salesperson_changes_nothing_else_on_a_members_card(self):
        other = self._create_customer("Eve")
        for vals in (
            {"partner_id": other.id},
            {"member_owner_id": other.id},
            {"member_debt": 0},
            {"member_program_id": False},
            {"active": False},
            {"code": "MINE"},
            {"expiration_date": "2030-01-01"},
            {"program_id": False},
            {"points": 9999, "code": "MINE"},
        ):
            for context in DOORS:
                card = self._as(self.card, **context)
                with self.subTest(vals=vals, context=context):
                    done = self._try(lambda card=card, vals=vals: card.write(vals))

                    self.assertFalse(done)
                    self._assert_untouched()

    def test_a_salesperson_makes_no_members_card_out_of_a_coupon(self):
        native = self.env["loyalty.program"].create(
            {"name": "Coupons", "program_type": "loyalty"}
        )
        coupon = self.env["loyalty.card"].create(
            {"program_id": native.id, "points": 9999}
        )
        for vals in (
            {"program_id": self.wallet.id},
            {"member_program_id": self.program.id},
            {"member_owner_id": self.customer.id},
        ):
            for context in DOORS:
                with self.subTest(vals=vals, context=context):
                    done = self._try(
                        lambda vals=vals, context=context: self._as(
                            coupon, **context
                        ).write(vals)
                    )

                    self.assertFalse(done)

    def test_other_coupons_stay_as_free_as_odoo_has_them(self):
        native = self.env["loyalty.program"].create(
            {"name": "Coupons", "program_type": "coupons"}
        )
        coupon = self.env["loyalty.card"].create({"program_id": native.id, "points": 1})

        self._as(coupon).write({"points": 2, "expiration_date": "2030-01-01"})

        self.assertEqual(coupon.points, 2)

    def test_a_sales_manager_makes_no_points_either(self):
        for context in DOORS:
            with self.subTest(context=context):
                done = self._try(
                    lambda context=context: self._as(
                        self.env["loyalty.card"], self.sales_manager, **context
                    ).create({"program_id": self.wallet.id, "points": 500})
                )
                self.assertFalse(done)
                done = self._try(
                    lambda context=context: self._as(
                        self.wallet, self.sales_manager, **context
                    ).write({"member_program_id": False})
                )
                self.assertFalse(done)

    def test_coupons_are_not_generated_for_members_by_others(self):
        for user in (self.salesperson, self.sales_manager):
            wizard = (
                self.env["loyalty.generate.wizard"]
                .with_user(user)
                .create(
                    {
                        "program_id": self.wallet.id,
                        "mode": "selected",
                        "customer_ids": self.customer.ids,
                        "points_granted": 500,
                    }
                )
            )

            self.assertFalse(self._try(wizard.generate_coupons))

    def test_odoos_own_wizard_is_for_officers_and_its_text_is_the_reason(self):
        Wizard = self.env["loyalty.card.update.balance"]
        values = {
            "card_id": self.card.id, "new_balance": 1200, "description": "Fair",
        }  # fmt: skip
        hostile = Wizard.with_user(self.salesperson).create(values)
        with self.assertRaises(AccessError):
            hostile.action_update_card_point()

        Wizard.with_user(self.officer).create(values).action_update_card_point()

        self._assert_untouched(1200)
        entry = self.env["member.point.entry"].search([], order="id desc", limit=1)
        self.assertRecordValues(
            entry, [{"kind": "adjusted", "points": 200, "reason": "Fair"}]
        )
        self.assertEqual(entry.create_uid, self.officer)

    def test_the_kind_of_an_entry_cannot_be_sent_along(self):
        card = self._as(self.card, self.officer, member_point_kind="earned")
        card.points = 1100

        entry = self.env["member.point.entry"].search([], order="id desc", limit=1)
        self.assertEqual(entry.kind, "adjusted")

    def test_history_of_a_members_card_stays_as_it_is(self):
        history = self.card.history_ids[:1]
        before = self.card.history_ids.mapped(lambda row: (row.issued, row.used))
        for context in DOORS:
            rows = self._as(history, **context)
            self._try(lambda rows=rows: rows.write({"issued": 9999}))
            self._try(lambda rows=rows: rows.unlink())
            self._try(
                lambda rows=rows: rows.create(
                    {"card_id": self.card.id, "description": "x", "issued": 9999}
                )
            )

        self.env.invalidate_all()
        after = self.card.history_ids.mapped(lambda row: (row.issued, row.used))
        self.assertEqual(after, before)
        self._assert_untouched()

    def test_nobody_writes_entries_lots_or_statements(self):
        for user in (self.salesperson, self.officer, self.manager):
            for model in POINT_MODELS:
                record = self.env[model].with_user(user).search([], limit=1)
                with self.subTest(user=user.login, model=model):
                    for work in (
                        lambda record=record: record.write({"program_id": 1}),
                        lambda record=record: record.create({"points": 1}),
                        lambda record=record: record.unlink(),
                    ):
                        if record:
                            self.assertFalse(self._try(work))

        self._assert_untouched()

    def test_portal_and_public_users_read_none_of_it_by_rpc(self):
        for user in (self.portal, self.public, self.employee):
            for model in (*POINT_MODELS, "loyalty.card", "loyalty.history"):
                with (
                    self.subTest(user=user.login, model=model),
                    self.assertRaises(AccessError),
                ):
                    self.env[model].with_user(user).search_read([], ["id"])

    def test_a_salesperson_reads_statements_and_gets_no_form_to_adjust(self):
        statement = self.env["member.point.statement"].with_user(self.salesperson)
        found = statement.search([("owner_id", "=", self.customer.id)])

        self.assertEqual(found.usable_points, 1000)
        with self.assertRaises(AccessError):
            self._adjust(self.salesperson)
        self._assert_untouched()

    def test_another_company_sees_and_moves_nothing(self):
        company = self._create_company()
        stranger = self._create_user(
            "stranger", "officer", company_id=company.id, company_ids=company.ids
        )
        for model in POINT_MODELS:
            self.assertFalse(self.env[model].with_user(stranger).search([]), model)
        with self.assertRaises(AccessError):
            self._adjust(stranger)
        self._assert_untouched()
