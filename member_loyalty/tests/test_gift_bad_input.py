from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .gift_common import GiftsCommon


@tagged("post_install", "-at_install")
class TestGiftBadInput(GiftsCommon):
    def test_a_gift_without_what_it_needs_is_refused_with_what_to_do(self):
        refusals = [
            ({"gift_occasion": False}, "Choose the occasion"),
            ({"gift_occasion": "brand_day"}, "Enter the day"),
            ({"gift_gives": "coupon"}, "Choose the coupon"),
            ({"gift_gives": "points", "gift_points": 5}, "gives no points"),
            ({"quota": 1}, "Leave “Uses per Member” at 0"),
        ]
        for values, sentence in refusals:
            with (
                self.subTest(values=str(values)),
                self.assertRaisesRegex(ValidationError, sentence),
            ):
                self._create_benefit("gift", **{"gift_occasion": "birthday", **values})

    def test_numbers_that_cannot_be_are_refused(self):
        for name in ("gift_days_before", "gift_limit", "gift_coupon_days"):
            with (
                self.subTest(name=name),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
            ):
                self._create_gift(**{name: -1})
        for name in ("remind_days", "product_quantity"):
            with (
                self.subTest(name=name),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
            ):
                self._create_benefit("product", **{name: -1})

    def test_the_coupon_is_one_of_the_company_and_a_coupon(self):
        foreign = self._create_coupon_program(company_id=self._create_company().id)
        promotion = self.env["loyalty.program"].create(
            {"name": "Promotion", "program_type": "promotion"}
        )
        for program, sentence in (
            (foreign, "belongs to Northwind"),
            (promotion, "gives no coupons"),
        ):
            with self.assertRaisesRegex(ValidationError, sentence):
                self._create_gift(
                    gift_gives="coupon", gift_coupon_program_id=program.id
                )

    def test_points_of_less_than_nothing_are_refused(self):
        self.program._start_points()

        with self.assertRaisesRegex(ValidationError, "more than 0"):
            self._create_gift(gift_gives="points", gift_points=-5)

    def test_a_gift_that_was_given_stays_what_it_is(self):
        gift = self._create_gift()
        self._create_born("1980-03-20")
        self._go("2026-03-20")

        with self.assertRaisesRegex(UserError, "Archive it"):
            gift.kind = "promise"

    def test_products_to_choose_from_are_there_and_of_the_company(self):
        foreign = self._create_product(company_id=self._create_company().id)
        for products, sentence in (([], "at least one"), (foreign.ids, "belongs to")):
            with self.assertRaisesRegex(ValidationError, sentence):
                self._create_benefit("product", product_ids=products)

    def test_words_that_name_what_nobody_knows_are_refused(self):
        for name in ("gift_title", "gift_text"):
            with (
                self.subTest(name=name),
                self.assertRaisesRegex(ValidationError, "{Name}.*{member}"),
            ):
                self._create_gift(**{name: "Dear {Name}, all the best"})

    def test_words_may_name_what_every_gift_knows(self):
        gift = self._create_gift(gift_text="Dear {member}, from {company}: {code}")

        self.assertTrue(gift)
