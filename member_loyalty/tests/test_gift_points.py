from odoo import Command
from odoo.tests import tagged

from .gift_common import GiftsCommon
from .point_common import PointsCommon


@tagged("post_install", "-at_install")
class TestGiftPoints(PointsCommon, GiftsCommon):
    def test_points_are_booked_by_an_entry_once(self):
        self._create_gift(gift_gives="points", gift_points=50)
        ada = self._create_born("1980-03-20")

        self._go("2026-03-20")

        self.assertEqual(self._get_points(ada), 50)
        self.assertEqual(self._get_told(ada, "benefit_granted"), ["benefit_granted"])

    def test_points_that_are_taken_back_leave_the_card(self):
        self._create_gift(gift_gives="points", gift_points=50)
        ada = self._create_born("1980-03-20")
        self._go("2026-03-20")

        issue = self._get_gifts(ada)
        issue.with_user(self._create_user("boss", "manager"))._withdraw("By mistake")

        self.assertEqual(self._get_points(ada), 0)
        self.assertEqual(issue.state, "withdrawn")

    def test_contacts_with_purses_of_their_own_have_birthdays(self):
        self.program.purse = "contact"
        self._create_gift(gift_gives="points", gift_points=50)
        acme = self._create_member("Acme", is_company=True)
        ann, bea = (
            self._create_customer(name, parent_id=acme.id, member_birthday="1980-03-20")
            for name in ("Ann", "Bea")
        )

        self._go("2026-03-20")

        self.assertEqual([self._get_points(one) for one in (ann, bea)], [50, 50])

    def test_a_gift_of_points_ends_with_the_points(self):
        gift = self._create_gift(gift_gives="points", gift_points=50)

        gift.tier_ids = [Command.set(self.gold.ids)]

        self.assertFalse(gift.gift_waits)

    def test_points_that_are_a_gift_are_told_once(self):
        self.program.notify_members = True
        self._create_gift(gift_gives="points", gift_points=50)
        ada = self._create_born("1980-03-20")
        self._follow_up()
        before = len(self._get_told(ada))

        self._go("2026-03-20")
        self._follow_up()

        messages = self.env["member.notification"].search([("partner_id", "=", ada.id)])
        self.assertEqual(len(messages) - before, 1)
        self.assertIn("benefit_granted", messages.mapped("kind"))
