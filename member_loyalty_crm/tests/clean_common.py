from odoo.tests import freeze_time, tagged

from odoo.addons.member_loyalty.tests.point_common import PointsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class CleanCommon(PointsCommon):
    """Customers that may be the same, and merges of them.

    After each test the journal is compared with a rebuild from the documents, beside
    what ``PointsCommon`` compares of points.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls._create_customer("Ada", email="ada@lumen.test")
        cls.bea = cls._create_customer("Bea", email="ada@lumen.test")

    def tearDown(self):
        try:
            for company in self.env["res.company"].search([]):
                drift = self.env["member.journal"]._find_drift(company)
                self.assertEqual(drift, [], "The journal differs from the documents")
        finally:
            super().tearDown()

    def _merge(self, *sources, into):
        """Merge contacts with Odoo's own merge; return our record of it."""
        partners = into.union(*sources)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(partners.ids, into)
        self.env.invalidate_all()
        return self.env["member.merge"].search([], limit=1)

    def _give_points(self, customer, points):
        """Give points to a customer, by an entry of an officer."""
        card = self._open_card(customer)
        card.sudo().with_context(member_point_reason="For the test").points += points
        return card

    def _get_rows_of(self, customer):
        return self.env["member.activity"].search(
            [("commercial_partner_id", "=", customer.id)]
        )

    def _get_amount(self, customer):
        return round(sum(self._get_rows_of(customer).mapped("amount")), 2)
