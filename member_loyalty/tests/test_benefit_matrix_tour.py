from odoo.tests import HttpCase, tagged

from .benefit_common import BenefitCommon

SCREEN = "/odoo/member-benefits-by-tier"


@tagged("post_install", "-at_install")
class TestBenefitMatrixTour(HttpCase, BenefitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_bundles()
        cls.manager = cls._create_user("matrix_manager", "manager")
        cls.sample = cls._create_benefit("product", name="Sample", tiers=cls.silver)
        cls.support = cls._create_benefit("promise", name="Support", tiers=cls.silver)

    @classmethod
    def _make_bundles(cls):
        """Make what the browser loads, so that no request waits long for another."""
        for name in ("web.assets_web", "web.assets_web_print", "web.assets_tests"):
            bundle = cls.env["ir.qweb"]._get_asset_bundle(name, assets_params={})
            if bundle.stylesheets:
                bundle.css()
            if bundle.javascripts:
                bundle.js()

    def test_a_manager_ticks_and_is_told_when_it_cannot_be(self):
        self.start_tour(SCREEN, "member_benefit_matrix", login="matrix_manager")

        self.env.invalidate_all()
        self.assertEqual(self.sample.tier_ids, self.silver | self.gold)
        self.assertEqual(self.support.tier_ids, self.silver)

    def test_a_salesperson_reads(self):
        self._create_user("matrix_sales", "sales_team.group_sale_salesman")

        self.start_tour(SCREEN, "member_benefit_matrix_reader", login="matrix_sales")

    def test_an_empty_program_starts_with_a_usual_set(self):
        (self.sample | self.support).unlink()

        self.start_tour(SCREEN, "member_benefit_matrix_empty", login="matrix_manager")

        self.env.invalidate_all()
        self.assertIn("News", self.program.benefit_ids.mapped("name"))
