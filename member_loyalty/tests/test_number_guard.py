from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .point_rights_common import PointRightsCommon

ENDLESS = (float("nan"), float("inf"), float("-inf"), "nan", 1e300)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestNumberGuard(PointRightsCommon):
    """What a form cannot send and a program can: numbers without an end."""

    def _assert_refused(self, record, name):
        for value in ENDLESS:
            with (
                self.subTest(model=record._name, field=name, value=value),
                self.assertRaisesRegex(ValidationError, "cannot be counted with"),
                self.env.cr.savepoint(),
            ):
                record.write({name: value})

    def test_no_form_of_points_takes_a_number_without_an_end(self):
        for value in ENDLESS:
            with (
                self.subTest(value=value),
                self.assertRaisesRegex(ValidationError, "Points"),
                self.env.cr.savepoint(),
            ):
                self._adjust(points=value)

    def test_no_rule_limit_price_or_threshold_is_without_an_end(self):
        rule = self.program.earning_rule_ids[:1].with_user(self.manager)
        program = self.program.with_user(self.manager)
        tier = program.tier_ids[:1]
        reward = self.wallet.reward_ids[:1]

        for name in ("points", "amount_step", "factor", "cap_points", "target_amount"):
            self._assert_refused(rule, name)
        for name in ("points_officer_limit", "points_value_fixed"):
            self._assert_refused(program, name)
        self._assert_refused(tier, "benefit_cost_percent")
        self._assert_refused(reward, "member_points")

    def test_no_benefit_gives_or_costs_without_an_end(self):
        Benefit = self.env["member.benefit"].with_user(self.manager)
        for name in ("cost", "reduction_amount", "gift_points"):
            for value in ENDLESS:
                with (
                    self.subTest(field=name, value=value),
                    self.assertRaises(ValidationError),
                    self.env.cr.savepoint(),
                ):
                    Benefit.create(
                        {
                            "name": "Endless",
                            "tier_ids": self.program.tier_ids[:1].ids,
                            name: value,
                        }
                    )

    def test_a_new_balance_by_odoos_wizard_has_an_end(self):
        wizard = self.env["loyalty.card.update.balance"].with_user(self.officer)
        for value in ENDLESS:
            with (
                self.subTest(value=value),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                wizard.create(
                    {
                        "card_id": self.card.id,
                        "new_balance": value,
                        "description": "Endless",
                    }
                ).action_update_card_point()

    def test_a_balance_written_by_an_officer_has_an_end(self):
        card = self.card.with_user(self.officer).with_context(
            member_point_reason="Endless"
        )
        for value in (float("nan"), float("inf"), 1e300):
            with (
                self.subTest(value=value),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                card.write({"points": value})


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestWalletGuard(PointRightsCommon):
    """The loyalty program that holds the points of members stays where it is."""

    def _assert_kept(self, act):
        for user in (self.sales_manager, self.env.user):
            with (
                self.subTest(user=user.login),
                self.assertRaisesRegex(UserError, "holds the points of the members"),
                self.env.cr.savepoint(),
            ):
                act(self.wallet.with_user(user))

    def test_nobody_archives_it_unnoticed(self):
        self._assert_kept(lambda wallet: wallet.action_archive())
        self._assert_kept(lambda wallet: wallet.write({"active": False}))

        self.assertTrue(self.wallet.active)

    def test_nobody_deletes_it(self):
        self.program.active = False
        self.wallet.active = False

        self._assert_kept(lambda wallet: wallet.unlink())

    def test_it_is_archived_after_its_membership(self):
        self.program.active = False

        self.wallet.action_archive()

        self.assertFalse(self.wallet.active)

    def test_other_loyalty_programs_stay_as_free_as_odoo_has_them(self):
        other = self.env["loyalty.program"].create(
            {"name": "Other", "program_type": "loyalty"}
        )

        other.action_archive()
        other.unlink()

        self.assertFalse(other.exists())
