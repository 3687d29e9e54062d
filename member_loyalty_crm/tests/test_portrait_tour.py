from odoo.tests import HttpCase, tagged

from .portrait_common import PortraitCommon

HOSTILE = "<b>Bold</b> & <script>document.title = 'taken'</script>"


@tagged("post_install", "-at_install")
class TestPortraitTour(HttpCase, PortraitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_bundles()
        cls._create_user(
            "portrait_tourist",
            "sales_team.group_sale_salesman_all_leads",
            "officer",
        )
        cls.membership = cls._enroll(cls.company_customer, tier=cls.silver)
        cls.card = cls._open_card(cls.company_customer)
        cls.card.code = "CLUB-7Q2X"
        cls._create_score(cls.membership)
        cls._create_signal(cls.membership)
        cls.lead = cls._create_lead(cls.person, HOSTILE)
        cls.order = cls._create_order(cls.person, 100)

    @classmethod
    def _make_bundles(cls):
        """Make what the browser loads, so that no request waits long for another."""
        for name in ("web.assets_web", "web.assets_web_print", "web.assets_tests"):
            bundle = cls.env["ir.qweb"]._get_asset_bundle(name, assets_params={})
            if bundle.stylesheets:
                bundle.css()
            if bundle.javascripts:
                bundle.js()

    def _tour(self, address, name):
        self.start_tour(address, name, login="portrait_tourist")

    def test_the_portrait_opens_from_a_contact(self):
        self._tour(f"/odoo/res.partner/{self.person.id}", "member_portrait_contact")

    def test_the_portrait_opens_from_a_lead_and_shows_hostile_text_as_text(self):
        self._tour(f"/odoo/crm.lead/{self.lead.id}", "member_portrait_lead")

    def test_the_card_and_the_portrait_open_from_an_order(self):
        self._tour(f"/odoo/sale.order/{self.order.id}", "member_portrait_order")

    def test_a_scanned_code_opens_the_portrait(self):
        self._tour("/odoo/find-member", "member_portrait_finder")

    def test_who_is_no_member_becomes_one_on_the_page(self):
        stranger = self._create_customer("Stranger")

        self._tour(f"/odoo/member-portrait/{stranger.id}", "member_portrait_enroll")

        self.env.invalidate_all()
        self.assertEqual(self._get_tier(stranger), "Ordinary")
