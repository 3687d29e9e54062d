from odoo.exceptions import ValidationError

from .point_common import PointsCommon


class TestPointPurse(PointsCommon):
    """Whose points an order earns and spends."""

    def test_the_contacts_of_a_company_share_its_purse(self):
        company = self._create_customer("Acme", is_company=True)
        ada, bea = (self._create_contact(company, name) for name in ("Ada", "Bea"))
        self._confirm_order(ada, 100)
        order = self._create_order(bea, 300)
        card = self._claim(order)
        order.action_confirm()
        self.assertEqual(card, self._get_card(company))
        self.assertEqual(
            self.env["loyalty.card"].search_count(
                [("program_id", "=", self.wallet.id)]
            ),
            1,
        )
        self.assertEqual(self._get_points(ada), 200)

    def test_each_contact_may_have_a_purse_of_its_own(self):
        self.program.purse = "contact"
        company = self._create_customer("Acme", is_company=True)
        ada, bea = (self._create_contact(company, name) for name in ("Ada", "Bea"))
        self._confirm_order(ada, 100)
        self._confirm_order(bea, 50)
        self.assertEqual((self._get_points(ada), self._get_points(bea)), (100, 50))
        self.assertEqual(self._get_card(ada).partner_id, ada)

    def test_a_purse_of_another_company_is_not_touched(self):
        company = self._create_company()
        program = self._create_program(company=company)
        program._start_points()
        customer = self._create_customer()
        self._confirm_order(customer, 100, company_id=company.id)
        self.assertFalse(self._get_card(customer))
        self.assertEqual(self._get_card(customer, program).points, 100)

    def test_who_holds_the_points_stays_while_there_are_points(self):
        company = self._create_customer("Acme", is_company=True)
        order = self._confirm_order(self._create_contact(company), 100)
        with self.assertRaises(ValidationError):
            self.program.purse = "contact"
        order._action_cancel()
        self.program.purse = "contact"
