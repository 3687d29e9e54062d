from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .act_common import ActCommon

TEXT = "It runs day and night for two years now."
INVITATION = 'id="member_reviews"'
ORDERS = "/my/membership/orders"


@tagged("post_install", "-at_install")
class TestMemberReview(ActCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._create_rule("review", 10)
        cls.env.ref("website_sale.product_comment").active = True
        cls.lamp = cls._create_product("Lamp")
        cls.order = cls._sell(cls.lamp, cls.acme)
        cls.officer = new_test_user(
            cls.env, "review_officer", "member_loyalty.member_loyalty_group_officer"
        )

    @classmethod
    def _create_product(cls, name, **values):
        values = {"is_published": True, "type": "service", **values}
        return cls.env["product.template"].create({"name": name, **values})

    @classmethod
    def _sell(cls, product, partner, delivered=1, confirm=True, **values):
        order = cls.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "company_id": cls.company.id,
                "order_line": [
                    Command.create({"product_id": product.product_variant_id.id})
                ],
                **values,
            }
        )
        if confirm:
            order.action_confirm()
            order.order_line.qty_delivered = delivered
        return order

    def _write_review(self, partner=None, product=None, text=TEXT, stars=5):
        """Write a review as the page of the product does, and return its message."""
        user = (partner or self.ann).user_ids
        thread = (product or self.lamp).with_user(user).sudo()
        return thread.message_post(
            body=text,
            rating_value=stars,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _get_reviews(self):
        return self.env["member.review"].search([("company_id", "=", self.company.id)])

    def _get_purse_of_reviews(self, partner=None):
        return self._earned(partner, "review")

    # What earns

    def test_a_review_of_a_bought_product_earns(self):
        self._write_review()

        self.assertEqual(self._get_purse_of_reviews(), [10])
        self.assertRecordValues(
            self._get_reviews(),
            [
                {
                    "partner_id": self.ann.id,
                    "product_tmpl_id": self.lamp.id,
                    "state": "given",
                    "points": 10,
                    "stars": 5,
                    "text": TEXT,
                }
            ],
        )

    def test_a_review_posted_on_the_product_page_earns(self):
        self.authenticate("ann", "ann")

        answer = self.make_jsonrpc_request(
            "/mail/message/post",
            {
                "thread_model": "product.template",
                "thread_id": self.lamp.id,
                "post_data": {
                    "body": TEXT,
                    "rating_value": 4,
                    "message_type": "comment",
                    "subtype_xmlid": "mail.mt_comment",
                },
            },
        )
        self.env.invalidate_all()

        self.assertTrue(answer["message_id"])
        self.assertEqual(self._get_purse_of_reviews(), [10])

    def test_each_contact_earns_once_for_each_product(self):
        chair = self._create_product("Chair")
        self._sell(chair, self.amy)
        for _time in range(2):
            self._write_review()
            self._write_review(self.amy)
            self._write_review(product=chair)

        self.assertEqual(self._get_purse_of_reviews(), [10, 10, 10])

    def test_deleting_and_writing_it_again_earns_nothing_more(self):
        message = self._write_review()
        self.lamp._message_update_content(message, body="", rating_value=False)
        self.assertFalse(self._get_reviews().rating_id)

        self._write_review()
        self._write_review().rating_ids.unlink()
        self._write_review()

        self.assertEqual(self._get_purse_of_reviews(), [10])

    def test_a_short_text_earns_when_it_is_completed(self):
        message = self._write_review(text="Good.")
        self.assertFalse(self._get_reviews())

        for _time in range(2):
            self.lamp._message_update_content(message, body=TEXT, rating_value=5)

        self.assertEqual(self._get_purse_of_reviews(), [10])

    def test_markup_and_spaces_are_no_text(self):
        self._write_review(text="<p>" + "&nbsp; <b></b>" * 50 + "</p>")

        self.assertFalse(self._get_reviews())

    def test_stars_are_what_makes_a_review(self):
        self._write_review(stars=False)

        self.assertFalse(self._get_reviews())

    def test_who_did_not_get_the_product_earns_nothing(self):
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        promised = self._create_product("Promised")
        ordered = self._create_product("Ordered")
        quoted = self._create_product("Quoted")
        foreign = self._create_product("Foreign")
        self._sell(promised, self.acme, 0, commitment_date=tomorrow)
        self._sell(ordered, self.acme, 0)
        self._sell(quoted, self.acme, confirm=False)
        self._sell(foreign, self.bolt)
        cancelled = self._create_product("Cancelled")
        self._sell(cancelled, self.acme)._action_cancel()

        for product in promised | ordered | quoted | foreign | cancelled:
            self._write_review(product=product)

        self.assertFalse(self._get_reviews())

    def test_after_the_promised_day_it_counts_as_delivered(self):
        yesterday = fields.Datetime.now() - timedelta(days=2)
        chair = self._create_product("Chair")
        self._sell(chair, self.acme, 0, commitment_date=yesterday)

        self._write_review(product=chair)

        self.assertEqual(self._get_purse_of_reviews(), [10])

    def test_who_is_no_member_earns_nothing(self):
        self.program.enroll_on_order = False
        self._sell(self.lamp, self.bolt)

        self._write_review(self.bob)

        self.assertFalse(self._get_reviews())

    def test_without_a_rule_reviews_are_left_alone(self):
        self.rule.active = False

        self._write_review()

        self.assertFalse(self._get_reviews())

    def test_a_limit_of_the_rule_holds(self):
        self.rule.write({"cap_period": "month", "cap_times": 1})
        self._write_review()
        self._write_review(self.amy)

        self.assertEqual(self._get_purse_of_reviews(), [10])

    # Approval

    def test_points_wait_for_an_approval_where_the_rule_says_so(self):
        self.rule.review_needs_approval = True
        self._write_review()
        self.assertEqual(self._get_purse_of_reviews(), [])
        review = self._get_reviews()
        self.assertEqual(review.state, "waiting")

        for _click in range(2):
            review.with_user(self.officer).action_approve()

        self.assertEqual(self._get_purse_of_reviews(), [10])
        self.assertEqual(review.decided_by_id, self.officer)

    def test_a_refused_review_earns_nothing_and_can_be_approved_later(self):
        self.rule.review_needs_approval = True
        self._write_review()
        review = self._get_reviews()

        review.with_user(self.officer).action_refuse()
        self._write_review()
        self.assertEqual(self._get_purse_of_reviews(), [])
        review.with_user(self.officer).action_approve()

        self.assertEqual(self._get_purse_of_reviews(), [10])

    def test_a_review_that_nobody_can_read_is_not_approved(self):
        self.rule.review_needs_approval = True
        hidden = self._write_review()
        deleted = self._write_review(self.amy)
        of_ann, of_amy = self._get_reviews().sorted("id")
        hidden.is_internal = True
        deleted.unlink()
        self.env.invalidate_all()

        for review in (of_ann, of_amy):
            with self.assertRaisesRegex(UserError, "cannot be read"):
                review.with_user(self.officer).action_approve()

    def test_points_of_a_review_that_is_taken_down_stay_given(self):
        message = self._write_review()

        message.is_internal = True

        self.assertEqual(self._get_purse_of_reviews(), [10])

    def test_only_officers_decide(self):
        self.rule.review_needs_approval = True
        self._write_review()
        review = self._get_reviews()
        clerk = new_test_user(
            self.env, "review_clerk", "member_loyalty.member_loyalty_group_user"
        )

        for user in (clerk, self.ann.user_ids):
            with self.assertRaises(AccessError):
                review.with_user(user).action_approve()
            with self.assertRaises(AccessError):
                review.with_user(user).action_refuse()
        with self.assertRaises(UserError):
            review.with_user(self.officer).state = "given"
        self.assertEqual(self._get_purse_of_reviews(), [])

    # Invitations

    def test_the_order_history_invites_to_review_what_was_bought(self):
        for number in range(4):
            self._sell(self._create_product(f"Tool {number}"), self.acme)
        self._sell(self._create_product("Hidden", is_published=False), self.acme)
        self._sell(self._create_product("Ordered"), self.acme, 0)

        page = self._read(ORDERS)

        self.assertIn("You get 10 points for a review", page)
        self.assertEqual(page.count("#o_product_page_reviews"), 3)
        self.assertNotIn("Write a review of Hidden", page)
        self.assertNotIn("Write a review of Ordered", page)

    def test_nobody_is_invited_twice_or_for_nothing(self):
        self.assertIn(INVITATION, self._read(ORDERS))
        self._write_review()
        self.assertNotIn(INVITATION, self._read(ORDERS))
        self.assertIn(INVITATION, self._read(ORDERS, "amy"))
        self.assertNotIn(INVITATION, self._read(ORDERS, "bob"))

        self.env.ref("website_sale.product_comment").active = False
        self.assertNotIn(INVITATION, self._read(ORDERS, "amy"))
        self.env.ref("website_sale.product_comment").active = True
        self.rule.active = False
        self.assertNotIn(INVITATION, self._read(ORDERS, "amy"))
