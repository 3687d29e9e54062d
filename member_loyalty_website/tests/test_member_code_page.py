import base64
import re
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .points_common import PointsPageCommon

URL = "/my/membership/code"


@tagged("post_install", "-at_install")
class TestMemberCodePage(PointsPageCommon):
    """A buyer shows the member code; nobody finds the code of others by trying."""

    def test_the_code_is_there_as_text_and_as_pictures_without_an_address(self):
        reports = type(self.env["ir.actions.report"])

        with patch.object(
            reports,
            "barcode",
            lambda self, kind, code, **size: f"{kind} {code}".encode(),
        ):
            page = self._read(URL)

        code = self.purse.code
        pictures = re.findall(r'src="data:image/png;base64,([^"]+)"', page)
        drawn = [base64.b64decode(picture).decode() for picture in pictures[-2:]]
        self.assertEqual(drawn, [f"QR {code}", f"Code128 {code}"])
        self.assertNotIn("/report/barcode", page)
        self.assertEqual(page.count(code), 1)

    def test_the_pictures_are_pictures(self):
        statement = self.env["member.point.statement"].browse(self.purse.id)

        images = statement._get_code_images()

        for address in images.values():
            head, _comma, data = address.partition(",")
            self.assertEqual(head, "data:image/png;base64")
            self.assertTrue(base64.b64decode(data).startswith(b"\x89PNG"))

    def test_each_sees_the_code_of_the_own_purse_alone(self):
        bolts = self._give_points(self.bolt, 1)

        page = self._read(URL, "bob")

        self.assertIn(bolts.code, page)
        self.assertNotIn(self.purse.code, page)

    def test_a_code_has_at_least_64_random_bits(self):
        codes = {self.env["loyalty.card"]._generate_code() for _time in range(50)}

        self.assertEqual(len(codes), 50)
        for code in codes:
            self.assertRegex(code, r"^.{3}[0-9a-f]{16,}$")
        self.assertGreaterEqual(len(self.purse.code) - 3, 16)

    @mute_logger("odoo.http")
    def test_a_member_without_a_purse_gets_a_code_by_a_button(self):
        self.program._enroll_partners(self.bolt, "hand")
        cards = self.env["loyalty.card"]

        before = self._read(URL, "bob")
        read = self._visit(f"{URL}/new", "bob")
        forged = self._post(f"{URL}/new", "bob", csrf_token="forged")
        self.assertFalse(cards._get_member_wallet(self.program, self.bolt))
        after = self._post(f"{URL}/new", "bob").text
        self._post(f"{URL}/new", "bob")

        self.assertIn("Get my code", before)
        self.assertEqual((read.status_code, forged.status_code), (405, 400))
        card = cards._get_member_wallet(self.program, self.bolt)
        self.assertEqual(len(card), 1)
        self.assertIn(card.code, after)

    def test_who_is_no_member_gets_no_code(self):
        self._post(f"{URL}/new", "bob")

        self.assertIn("no member yet", self._read(URL, "bob"))
        self.assertFalse(
            self.env["loyalty.card"]._get_member_wallet(self.program, self.bolt)
        )


@tagged("post_install", "-at_install")
class TestGuessedCodes(PointsPageCommon):
    """A visitor may mistype a code, and may not try many."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coupons = cls.env["loyalty.program"].create(
            {
                "name": "Ten off",
                "program_type": "coupons",
                "trigger": "with_code",
                "applies_on": "current",
                "rule_ids": [(5, 0, 0), (0, 0, {})],
                "reward_ids": [
                    (5, 0, 0),
                    (0, 0, {"discount_mode": "per_order", "discount": 10}),
                ],
            }
        )
        cls.coupon = cls.env["loyalty.card"].create(
            {"program_id": cls.coupons.id, "code": "RIGHT-ONE", "points": 1}
        )

    def _enter(self, code, login="ann"):
        return self._post("/shop/pricelist", login, promo=code)

    def _begin(self, login="ann"):
        self._log_in(login)
        return self._add_lamp()

    def test_after_ten_wrong_codes_the_right_one_is_not_tried(self):
        order = self._begin()
        for number in range(10):
            self._enter(f"wrong {number}")

        answer = self._enter("RIGHT-ONE")

        self.assertIn("Too many codes were tried", answer.text)
        self.assertEqual(order.amount_total, 200)

    def test_a_few_wrong_codes_hinder_nobody(self):
        order = self._begin()
        for number in range(9):
            self._enter(f"wrong {number}")

        self._enter("RIGHT-ONE")

        self.assertEqual(order.amount_total, 190)

    def test_the_guesses_of_one_do_not_stop_another(self):
        self._begin()
        for number in range(11):
            self._enter(f"wrong {number}")
        order = self._begin("bob")

        self._enter("RIGHT-ONE", "bob")

        self.assertEqual(order.amount_total, 190)

    def test_a_link_with_a_wrong_code_counts_once(self):
        order = self._begin()
        self.url_open("/coupon/mistyped")
        for _time in range(12):
            self._add_lamp()

        counts = self.env["member.attempt"].search([("action", "=", "loyalty_code")])

        self.assertEqual(counts.mapped("count"), [1])
        self.assertEqual(order.amount_total, 2600)

    def test_links_are_counted_as_well(self):
        self._begin()
        for number in range(10):
            self.url_open(f"/coupon/wrong{number}")

        answer = self._enter("RIGHT-ONE")

        self.assertIn("Too many codes were tried", answer.text)

    def test_the_code_of_a_price_list_is_no_wrong_code(self):
        self.env["product.pricelist"].create({"name": "Fair", "code": "FAIR"})
        self._begin()

        self._enter("FAIR")

        self.assertFalse(
            self.env["member.attempt"].search([("action", "=", "loyalty_code")])
        )

    def test_the_code_of_somebody_elses_purse_gives_nothing(self):
        order = self._begin("bob")

        answer = self._enter(self.purse.code, "bob")

        self.assertNotIn("500", self._get_text(answer.text))
        self.assertFalse(order.applied_coupon_ids)
        self.assertFalse(
            self.env["loyalty.reward"].union(*order._get_claimable_rewards().values())
        )
