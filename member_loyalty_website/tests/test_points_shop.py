from odoo import Command, http
from odoo.tests import tagged
from odoo.tools import mute_logger

from .points_common import PATIENCE, PointsPageCommon

URL = "/my/membership/rewards"
CLAIM = f"{URL}/claim"


@tagged("post_install", "-at_install")
class TestPointsShop(PointsPageCommon):
    """Acme has 500 points; a voucher of 20 costs 50 of them."""

    def _get_part(self, page, part):
        """Return the text of one list of rewards."""
        _before, found, rest = page.partition(f"o_member_rewards_{part}")
        return self._get_text(rest.split("</ul>")[0]) if found else ""

    def _get_lines(self, reward, partner=None):
        cart = self._find_cart(partner)
        return cart.order_line.filtered(lambda line: line.reward_id == reward)

    def test_rewards_are_sorted_by_what_is_missing(self):
        self._create_gift(900, "Desk")
        self._create_gift(700, "Chair")
        self._create_gift(120, "Mug")

        page = self._read(URL)

        now, soon = self._get_part(page, "now"), self._get_part(page, "soon")
        self.assertLess(now.index("50 points"), now.index("Mug"))
        self.assertLess(soon.index("Chair"), soon.index("Desk"))
        self.assertIn("200 points missing", soon)
        self.assertNotIn("Chair", now)

    def test_the_price_is_that_of_the_buyers_tier(self):
        self.env["member.reward.price"].create(
            {"reward_id": self.voucher.id, "tier_id": self.gold.id, "points": 35}
        )
        self.membership._assign_tier(self.gold, "For the test")

        self.assertIn("35 points", self._get_part(self._read(URL), "now"))

    def test_a_reward_for_another_tier_is_shown_and_not_given(self):
        mug = self._create_gift(member_tier_ids=[Command.set(self.gold.ids)])

        page = self._read(URL)
        answer = self._post(CLAIM, reward_id=mug.id)

        self.assertIn("Mug", self._get_part(page, "others"))
        self.assertIn("For Gold", self._get_part(page, "others"))
        self.assertNotIn("Mug", self._get_part(page, "now"))
        self.assertIn("is for members of the tier Gold", answer.text)
        self.assertFalse(self._get_lines(mug))

    def test_a_reward_for_chosen_members_is_not_even_shown_to_others(self):
        tag = self.env["member.tag"].create(
            {"name": "Chosen", "company_id": self.website.company_id.id}
        )
        self._create_gift(name="Secret", member_tag_ids=[Command.set(tag.ids)])

        self.assertNotIn("Secret", self._read(URL))

    def test_claiming_puts_a_discount_on_the_cart(self):
        self._log_in("ann")
        order = self._add_lamp()

        answer = self._post(CLAIM, reward_id=self.voucher.id)

        self.assertTrue(answer.url.endswith("/shop/cart"))
        self.assertEqual(order.amount_total, 180)

    def test_a_discount_needs_a_cart_and_says_so(self):
        page = self._read(URL)
        answer = self._post(CLAIM, reward_id=self.voucher.id)

        self.assertIn("Needs something in your cart", self._get_part(page, "now"))
        self.assertIn("Put something into your cart first", answer.text)
        self.assertFalse(self._find_cart())

    def test_a_discount_that_was_claimed_too_early_waits_in_the_cart(self):
        self._log_in("ann")
        self._press(self.voucher)
        order = self._add_lamp()
        before = self._open_cart()
        total = order.amount_total
        self._press(self.voucher)
        self._press(self.voucher)
        self.env.invalidate_all()

        self.assertIn("Use it now", before)
        self.assertEqual((total, order.amount_total), (200, 180))
        self.assertEqual(self._get_lines(self.voucher).points_cost, 50)
        self.assertNotIn("Use it now", self._open_cart())

    def test_nothing_waits_in_the_cart_that_nobody_claimed(self):
        self._log_in("ann")
        self._add_lamp()

        self.assertNotIn("Use it now", self._open_cart())

    def test_a_wish_that_ended_meanwhile_is_not_offered(self):
        self._log_in("ann")
        self._press(self.voucher)
        self._add_lamp()
        self.voucher.active = False

        self.assertNotIn("Use it now", self._open_cart())

    def _press(self, reward, url=CLAIM, claimed=0):
        """Press a button without logging in again: the visit goes on."""
        data = {
            "reward_id": reward.id,
            "claimed": claimed,
            "csrf_token": http.Request.csrf_token(self),
        }
        self.env.flush_all()
        self.url_open(url, data=data, timeout=PATIENCE)

    def _open_cart(self):
        self.env.flush_all()
        return self._join(self.url_open("/shop/cart", timeout=PATIENCE).text)

    def test_a_free_product_can_be_ordered_alone(self):
        mug = self._create_gift()

        answer = self._post(CLAIM, reward_id=mug.id)

        self.assertTrue(answer.url.endswith("/shop/cart"))
        cart = self._find_cart()
        self.assertEqual(cart.order_line.reward_id, mug)
        self.assertEqual(cart.amount_total, 0)
        cart.action_confirm()
        self.assertEqual(self.purse.points, 400)

    def test_the_choice_among_products_is_the_buyers(self):
        tag = self.env["product.tag"].create({"name": "Gifts"})
        pen, cap = self.env["product.product"].create(
            [
                {"name": name, "type": "service", "product_tag_ids": tag.ids}
                for name in ("Pen", "Cap")
            ]
        )
        gift = self._create_reward(
            10, reward_type="product", reward_product_tag_id=tag.id
        )

        self._post(CLAIM, reward_id=gift.id, product_id=cap.id)
        other = self._post(CLAIM, reward_id=gift.id, product_id=self.lamp.id, claimed=1)

        self.assertEqual(self._get_lines(gift).product_id, cap)
        self.assertEqual(other.status_code, 404)
        self.assertTrue(pen)

    def test_pressing_twice_claims_once(self):
        mug = self._create_gift()

        self._post(CLAIM, reward_id=mug.id, claimed=0)
        self._post(CLAIM, reward_id=mug.id, claimed=0)

        self.assertEqual(self._get_lines(mug).product_uom_qty, 1)
        self.assertEqual(self._get_lines(mug).points_cost, 100)

    def test_claiming_again_on_purpose_claims_again(self):
        mug = self._create_gift()
        self._post(CLAIM, reward_id=mug.id, claimed=0)

        page = self._read(URL)
        self._post(CLAIM, reward_id=mug.id, claimed=1)

        self.assertIn('name="claimed" value="1"', page)
        self.assertEqual(sum(self._get_lines(mug).mapped("points_cost")), 200)

    def test_points_in_the_cart_are_not_offered_once_more(self):
        mug = self._create_gift(300)
        self._post(CLAIM, reward_id=mug.id)

        page = self._read(URL)

        self.assertIn("200 points to spend", self._get_text(page))
        self.assertIn("100 points missing", self._get_part(page, "soon"))

    def test_points_that_lack_are_refused_with_a_sentence(self):
        desk = self._create_gift(900, "Desk")

        answer = self._post(CLAIM, reward_id=desk.id)

        self.assertIn("costs 900 points; 500 can be used", answer.text)
        self.assertFalse(self._get_lines(desk))

    def test_rewards_of_others_and_of_yesterday_are_refused_with_a_sentence(self):
        circle = self._create_second_program()
        archived = self._create_gift(name="Old")
        archived.active = False
        promotion = self.env["loyalty.program"].create(
            {"name": "Sale", "program_type": "promotion"}
        )

        for reward in (
            *circle.wallet_id.reward_ids.ids,
            archived.id,
            *promotion.reward_ids.ids,
            *("", "x", "-1", "0", "9" * 30, "<b>"),
        ):
            answer = self._post(CLAIM, reward_id=reward)
            self.assertIn("not offered to you", answer.text, reward)
        self.assertFalse(self._find_cart())

    def test_a_program_that_has_ended_offers_nothing(self):
        mug = self._create_gift()
        self.program.wallet_id.date_to = "2020-12-31"

        page = self._read(URL)
        answer = self._post(CLAIM, reward_id=mug.id)

        self.assertNotIn("Mug", page)
        self.assertIn("not offered to you", answer.text)

    def test_a_contact_who_may_not_spend_is_told_so(self):
        mug = self._create_gift()
        self.program.purse_spenders = "chosen"

        answer = self._post(CLAIM, reward_id=mug.id)

        self.assertIn("may not spend the points of Acme", answer.text)
        self.assertFalse(self._get_lines(mug))

    @mute_logger("odoo.http")
    def test_only_a_form_of_ours_claims(self):
        mug = self._create_gift()

        read = self._visit(f"{CLAIM}?reward_id={mug.id}")
        forged = self._post(CLAIM, reward_id=mug.id, csrf_token="forged")
        missing = self._post(CLAIM, reward_id=mug.id, csrf_token="")

        self.assertEqual(read.status_code, 405)
        self.assertEqual((forged.status_code, missing.status_code), (400, 400))
        self.assertFalse(self._find_cart())

    def test_a_visitor_claims_nothing(self):
        mug = self._create_gift()

        response = self._post(CLAIM, None, reward_id=mug.id)

        self.assertIn("/web/login", response.url)

    def test_whoever_claims_at_speed_is_stopped(self):
        mug = self._create_gift(1)
        attempts = self.env["member.attempt"]
        for _time in range(30):
            attempts._take("reward", f"contact {self.ann.id}", 30, 10)

        answer = self._post(CLAIM, reward_id=mug.id)

        self.assertIn("too fast", answer.text)
        self.assertFalse(self._find_cart())
