from odoo.tests import tagged

from .gift_common import GiftsCommon


@tagged("post_install", "-at_install")
class TestBenefitReminder(GiftsCommon):
    def _get_reminders(self, customer):
        reminders = self.env["member.benefit.reminder"].search(
            [("partner_id", "=", customer.id)], order="id"
        )
        return [str(one.ends_on) for one in reminders]

    def test_who_has_something_left_is_reminded_once_before_the_period_ends(self):
        self._create_benefit("product", quota=1, quota_period="month", remind_days=10)
        ada = self._create_member(tier=self.silver)

        for day in ("2026-03-20", "2026-03-21", "2026-03-25", "2026-04-01"):
            self._go(day)

        self.assertEqual(self._get_reminders(ada), ["2026-03-31"])
        self.assertEqual(self._get_told(ada, "benefit_expiring"), ["benefit_expiring"])
        self._go("2026-04-25")
        self.assertEqual(self._get_reminders(ada), ["2026-03-31", "2026-04-30"])

    def test_who_used_it_up_or_does_not_have_it_is_left_alone(self):
        sample = self._create_benefit(
            "product", quota=1, quota_period="month", remind_days=10
        )
        ada = self._create_member(tier=self.silver)
        bob = self._create_member("Bob")
        self._claim(self._create_order(ada, 100), sample)

        self._go("2026-03-25")

        self.assertFalse(self._get_reminders(ada) + self._get_reminders(bob))

    def test_nobody_is_reminded_unless_the_benefit_says_so(self):
        self._create_benefit("product", quota=1, quota_period="month")
        ada = self._create_member(tier=self.silver)

        self._go("2026-03-31")

        self.assertFalse(self._get_reminders(ada))

    def test_a_coupon_that_ends_is_named(self):
        self._create_coupon_gift(gift_coupon_days=30, remind_days=7)
        ada = self._create_born("1980-03-15")
        self._give()

        for day in ("2026-04-06", "2026-04-07", "2026-04-08", "2026-04-14"):
            self._go(day)

        self.assertEqual(self._get_reminders(ada), ["2026-04-14"])

    def test_a_coupon_that_was_taken_back_is_not_named(self):
        self._create_coupon_gift(gift_coupon_days=30, remind_days=7)
        ada = self._create_born("1980-03-15")
        self._give()
        boss = self._create_user("boss", "manager")
        self._get_gifts(ada).with_user(boss)._withdraw("By mistake")

        self._go("2026-04-10")

        self.assertFalse(self._get_reminders(ada))

    def test_members_of_an_archived_program_are_left_alone(self):
        self._create_benefit("product", quota=1, quota_period="month", remind_days=10)
        self._create_coupon_gift(gift_coupon_days=10, remind_days=10)
        ada = self._create_born("1980-03-15")
        self._get_membership(ada)._assign_tier(self.silver, "For the test")
        self._give()
        self.program.active = False
        other = self._create_program(name="Other")
        self._create_benefit(
            tiers=other.tier_ids, program_id=other.id, quota=1, remind_days=1
        )

        self._go("2026-03-22")

        self.assertFalse(self._get_reminders(ada))

    def test_who_is_told_nothing_counts_as_not_reminded(self):
        """Else nobody would be told once the program tells its members things."""
        self.program.notify_members = False
        self._create_benefit("product", quota=1, quota_period="month", remind_days=10)
        ada = self._create_member(tier=self.silver)

        self._go("2026-03-22")
        silent = self._get_reminders(ada)
        self.program.notify_members = True
        self._go("2026-03-23")

        self.assertFalse(silent)
        self.assertEqual(self._get_told(ada, "benefit_expiring"), ["benefit_expiring"])
