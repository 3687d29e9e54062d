from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.member_loyalty.models import member_benefit_gift_giving as giving

from .gift_common import GiftsCommon


@tagged("post_install", "-at_install")
class TestGiftDays(GiftsCommon):
    def test_a_birthday_is_given_once_a_year(self):
        self._create_gift()
        ada = self._create_born("1980-03-20")

        for day in ("2026-03-19", "2026-03-20", "2026-03-21", "2027-03-20"):
            self._go(day)

        self.assertEqual(self._get_days(ada), ["2026-03-20", "2027-03-20"])
        self.assertEqual(self._get_told(ada, "greeting"), ["greeting"] * 2)

    def test_days_that_were_missed_are_made_up_for(self):
        self._create_gift()
        ada = self._create_born("1980-03-20")
        self._go("2026-03-18")

        self._go("2026-03-25")

        self.assertEqual(self._get_days(ada), ["2026-03-25"])

    def test_what_was_missed_long_ago_is_not_given(self):
        self._create_gift()
        ada = self._create_born("1980-03-20")
        self._go("2026-03-18")

        self._go("2026-05-20")

        self.assertFalse(self._get_days(ada))

    def test_a_gift_comes_before_and_a_greeting_on_the_day(self):
        gift = self._create_gift(gift_days_before=7, gift_greets_on_day=True)
        ada = self._create_born("1980-03-27")

        for day in ("2026-03-19", "2026-03-20", "2026-03-26", "2026-03-27"):
            self._go(day)

        self.assertEqual(self._get_days(ada), ["2026-03-20", "2026-03-27"])
        self.assertEqual(self._get_gifts(ada).mapped("is_second"), [False, True])
        self.assertEqual(gift.gift_count, 1)

    def test_who_joins_within_the_days_before_gets_it_too(self):
        self._create_gift(gift_days_before=7)
        self._go("2026-03-20")
        ada = self._create_born("1980-03-25")

        self._go("2026-03-21")

        self.assertEqual(self._get_days(ada), ["2026-03-21"])

    def test_a_birthday_in_january_is_given_in_december_and_not_again(self):
        self._create_gift(gift_days_before=7)
        ada = self._create_born("1980-01-03")
        self._go("2026-12-26")

        for day in ("2026-12-27", "2027-01-03", "2027-12-27"):
            self._go(day)

        self.assertEqual(self._get_days(ada), ["2026-12-27", "2027-12-27"])
        keys = self._get_gifts(ada).mapped("occasion_key")
        self.assertEqual(keys, ["2027", "2028"])

    def test_the_29th_of_february_is_celebrated_on_the_28th_of_other_years(self):
        self._create_gift()
        leap = self._create_born("1980-02-29")
        other = self._create_born("1980-02-28", "Bob")
        self._go("2027-02-27")

        for day in ("2027-02-28", "2027-03-01", "2028-02-28", "2028-02-29"):
            self._go(day)

        self.assertEqual(self._get_days(leap), ["2027-02-28", "2028-02-29"])
        self.assertEqual(self._get_days(other), ["2027-02-28", "2028-02-28"])

    def test_the_day_is_that_of_the_company(self):
        self.env.company.partner_id.tz = "Asia/Shanghai"
        self.env.registry.clear_cache()
        self._create_gift()
        ada = self._create_born("1980-03-20")

        self._travel_to("2026-03-19 17:00:00")
        self._give()

        self.assertEqual(self._get_days(ada), ["2026-03-20"])

    def test_another_birthday_in_the_same_year_gives_nothing(self):
        self._create_gift()
        ada = self._create_born("1980-03-20")
        self._go("2026-03-20")

        ada.member_birthday = "1980-06-20"
        self._go("2026-06-20")

        self.assertEqual(self._get_days(ada), ["2026-03-20"])

    def test_an_anniversary_comes_a_year_after_joining(self):
        self._create_gift("anniversary")
        ada = self._create_member()

        self._go("2026-03-15")
        self._go("2027-03-15")

        self.assertEqual(self._get_days(ada), ["2027-03-15"])

    def test_a_brand_day_is_given_to_everybody_in_its_countries(self):
        france, spain = self.env.ref("base.fr"), self.env.ref("base.es")
        self._create_gift(
            "brand_day",
            gift_day="2020-06-01",
            gift_country_ids=[Command.set(france.ids)],
        )
        ada = self._create_member(country_id=france.id)
        bob = self._create_member("Bob", country_id=spain.id)
        self._go("2026-05-31")

        for day in ("2026-06-01", "2026-06-02", "2027-06-01"):
            self._go(day)

        self.assertEqual(self._get_days(ada), ["2026-06-01", "2027-06-01"])
        self.assertFalse(self._get_days(bob))

    def test_a_day_of_one_year_comes_once(self):
        self._create_gift("brand_day", gift_day="2026-06-01", gift_yearly=False)
        ada = self._create_member()
        self._go("2026-05-31")

        self._go("2026-06-01")
        self._go("2027-06-01")

        self.assertEqual(self._get_days(ada), ["2026-06-01"])

    def test_a_gift_made_or_activated_today_gives_nothing_for_the_past(self):
        ada = self._create_born("1980-03-14")
        bob = self._create_born("1980-03-25", "Bob")
        gift = self._create_gift()
        self._go("2026-03-15")
        gift.action_archive()
        self._go("2026-03-26")

        gift.action_unarchive()
        self._go("2026-03-26")

        self.assertFalse(self._get_gifts(ada, bob))

    def test_only_who_has_the_benefit_is_given_it(self):
        self._create_gift(tiers=self.gold)
        ada = self._create_born("1980-03-20")
        bob = self._create_born("1980-03-20", "Bob", tier=self.gold)
        left = self._create_born("1980-03-20", "Cleo", tier=self.gold)
        self._get_membership(left).active = False

        self._go("2026-03-20")

        self.assertEqual(self._get_gifts(ada, bob, left).partner_id, bob)

    def test_there_are_no_more_than_there_are(self):
        gift = self._create_gift(gift_limit=2)
        for name in ("Ada", "Bob", "Cleo"):
            self._create_born("1980-03-20", name)

        self._go("2026-03-20")

        self.assertEqual(gift.gift_count, 2)

    def test_the_next_days_can_be_looked_at_before(self):
        gift = self._create_gift(gift_days_before=7)
        ada = self._create_born("1980-04-20")
        self._create_born("1980-06-20", "Bob")

        action = gift.action_preview_gifts()

        memberships = self.env["member.membership"].search(action["domain"])
        self.assertEqual(memberships.partner_id, ada)

    def test_a_gift_whose_coupon_is_archived_waits_and_no_other_does(self):
        broken = self._create_coupon_gift(name="Broken")
        broken.gift_coupon_program_id.active = False
        self._create_gift(name="Fine")
        ada = self._create_born("1980-03-20")

        with self.assertLogs(giving.__name__, "WARNING"):
            self._go("2026-03-20")

        self.assertTrue(broken.gift_waits)
        self.assertEqual(self._get_gifts(ada).benefit_id.name, "Fine")
        broken.gift_coupon_program_id.active = True
        self._go("2026-03-21")
        self.assertEqual(len(self._get_gifts(ada)), 2)

    def test_a_merge_brings_what_was_given_along(self):
        self._create_gift()
        ada = self._create_born("1980-03-20", email="ada@example.com")
        bob = self._create_born("1980-04-20", "Bob", email="ada@example.com")
        self._go("2026-03-20")

        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((ada | bob).ids, bob)
        self._go("2026-04-20")

        gifts = self._get_gifts(bob)
        self.assertEqual(len(gifts), 1)
        self.assertEqual(gifts.membership_id, self._get_membership(bob))

    def test_slices_give_to_everybody(self):
        gift = self._create_gift("brand_day", gift_day="2026-03-15")
        customers = [self._create_member(f"Member {number}") for number in range(5)]

        with patch.object(giving, "SLICE", 2):
            self._give()

        self.assertEqual(gift.gift_count, len(customers))

    def test_contacts_that_were_archived_are_given_nothing(self):
        self._create_gift("brand_day", gift_day="2020-06-01")
        self._create_gift("anniversary")
        ada = self._create_member()
        self._create_member("Bea")
        self._go("2026-03-16")
        ada.active = False

        self._go("2026-06-01")
        self._go("2027-03-15")

        self.assertFalse(self._get_gifts(ada))

    def test_a_run_whose_time_is_up_says_that_something_is_left(self):
        """Else Odoo takes the job for done, and looks again four hours later."""
        self._create_gift("brand_day", gift_day="2020-03-15")
        for name in ("Ada", "Bea"):
            self._create_member(name)
        self.env.flush_all()
        said = []

        def commit(_self, _processed=0, remaining=None):
            said.append(remaining)
            return 0

        with (
            patch.object(giving, "SLICE", 1),
            patch.object(IrCron, "_commit_progress", commit),
        ):
            self.env["member.benefit"]._cron_give_gifts()
            stopped, said = list(said), []
            for _run in range(4):
                self.env["member.benefit"]._cron_give_gifts()

        self.assertEqual(stopped, [1])
        self.assertEqual(said[-1], 0)
