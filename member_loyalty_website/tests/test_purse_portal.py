from odoo.tests import tagged
from odoo.tools import mute_logger

from .shop_common import ShopCommon


@tagged("post_install", "-at_install")
class TestPursePortal(ShopCommon):
    """Contacts see the purse of their company in their account, and no other."""

    def test_the_account_lists_the_purse_of_the_company(self):
        self._log_in("ann")

        page = self.url_open("/my/home").text

        self.assertIn(f'data-card_id="{self.purse.id}"', page)
        self.assertIn("500 Points", page)

    def test_the_dialog_shows_movements_and_rewards_of_the_purse(self):
        self._finish(self._begin_payment(self._begin_cart()))

        values = self._read_dialog()

        self.assertEqual(values["card"]["points_display"], "450 Points")
        self.assertEqual(values["history_lines"][0]["points"], "-50 Points")
        self.assertEqual(values["rewards"][0]["points"], "50 Points")

    def test_the_history_shows_the_movements_of_the_purse(self):
        self._finish(self._begin_payment(self._begin_cart()))

        page = self.url_open(f"/my/loyalty_card/{self.purse.id}/history").text

        self.assertIn("500 Points", page)
        self.assertIn("50 Points", page)

    @mute_logger("odoo.http")
    def test_a_buyer_never_sees_the_purse_of_another_company(self):
        self._create_buyer("eve", self._create_company("Bolt"))
        self._log_in("eve")

        home = self.url_open("/my/home").text
        history = self.url_open(f"/my/loyalty_card/{self.purse.id}/history")

        self.assertNotIn(f'data-card_id="{self.purse.id}"', home)
        self.assertTrue(history.url.endswith(("/my", "/my/home")))
        self.assertNotIn("500 Points", history.text)
        self.assertFalse(self._read_dialog())
