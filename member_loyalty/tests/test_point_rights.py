from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.loyalty_card import BY_LEDGER
from .point_rights_common import POINT_MODELS, PointRightsCommon

DOORS = (
    {},
    {BY_LEDGER: True},
    {"member_point_kind": "opening", "member_point_reason": "Mine"},
    {"member_native_engine": True},
    {"member_native_engine": "ENGINE"},
    {"loyalty_no_mail": True, "tracking_disable": True},
)


@tagged("post_install", "-at_install")
class TestPointRights(PointRightsCommon):
    """Salespeople sell, and points follow; nobody makes points but officers."""

    def _as(self, record, user=None, **context):
        return record.with_user(user or self.salesperson).with_context(**context)

    def _assert_untouched(self, points=1000):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.card.points, points)
        self.assertEqual(self.card.program_id, self.wallet)
        self.assertTrue(self.card.active)

    @mute_logger("odoo.sql_db")
    def _try(self, work):
        """Do what may be refused; whatever was done half is forgotten."""
        try:
            with self.env.cr.savepoint():
                work()
                self.env.flush_all()
        except UserError:
            self.env.invalidate_all(flush=False)
            return False
        return True

    # Salespeople

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

    # Orders of salespeople

    def test_an_order_of_a_salesperson_earns_and_spends(self):
        order = self._create_order(self.customer, 500).with_user(self.salesperson)
        self._claim(order)
        order.action_confirm()

        kinds = dict(self._kinds(self.customer))
        self.assertEqual(kinds["spent"], -500)

    def test_a_salesperson_cancels_an_order_and_points_go_back(self):
        order = self._create_order(self.customer, 500).with_user(self.salesperson)
        self._claim(order)
        order.action_confirm()
        order._action_cancel()

        self._assert_untouched()

    def test_a_salesperson_copies_an_order_with_a_reward(self):
        order = self._create_order(self.customer, 500).with_user(self.salesperson)
        self._claim(order)
        order.action_confirm()

        copy = order.copy()

        self.assertFalse(copy.order_line.coupon_id)

    def test_the_price_of_a_reward_cannot_be_lowered_by_hand(self):
        order = self._create_order(self.customer, 500).with_user(self.salesperson)
        self._claim(order)
        order.action_confirm()
        line = order.order_line.filtered("points_cost")
        spent = self.card.points
        for vals in (
            {"points_cost": 0},
            {"points_cost": -9999},
            {"coupon_id": False},
            {"reward_id": False},
        ):
            for context in DOORS:
                hostile = line.with_context(**context)
                with self.subTest(vals=vals, context=context):
                    self.assertFalse(
                        self._try(
                            lambda hostile=hostile, vals=vals: hostile.write(vals)
                        )
                    )
                    self.assertFalse(
                        self._try(
                            lambda vals=vals, context=context: order.with_context(
                                **context
                            ).write({"order_line": [Command.update(line.id, vals)]})
                        )
                    )
                    self._assert_untouched(spent)

    def test_a_line_that_gives_points_cannot_be_made_up(self):
        order = self._confirm_order(self.customer, 100).with_user(self.salesperson)
        points = self.card.points
        for context in DOORS:
            with self.subTest(context=context):
                done = self._try(
                    lambda context=context: order.with_context(**context).write(
                        {
                            "order_line": [
                                self._prepare_line(
                                    price_unit=0,
                                    coupon_id=self.card.id,
                                    reward_id=self.reward.id,
                                    points_cost=-9999,
                                )
                            ]
                        }
                    )
                )

                self.assertFalse(done)
                self._assert_untouched(points)

    def test_nobody_pays_with_the_points_of_somebody_else(self):
        order = self._create_order(self._create_customer("Eve"), 500)
        order.applied_coupon_ids = self.card
        with self.assertRaises(ValidationError):
            order._apply_program_reward(self.reward, self.card)

    def test_what_an_order_gives_cannot_be_written(self):
        order = self._create_order(self.customer, 100)
        order._update_programs_and_rewards()
        row = order.coupon_point_ids.filtered(lambda one: one.coupon_id == self.card)
        for user in (self.salesperson, self.sales_manager):
            for context in DOORS:
                hostile = self._as(row, user, **context)
                with self.subTest(user=user.login, context=context):
                    self.assertFalse(
                        self._try(lambda hostile=hostile: hostile.write({"points": 9}))
                    )

    # Our own models

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
