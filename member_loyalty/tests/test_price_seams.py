from contextlib import contextmanager
from inspect import signature
from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tests import tagged

from odoo.addons.product.models.product_pricelist import ProductPricelist
from odoo.addons.product.models.res_partner import ResPartner
from odoo.addons.sale.models.sale_order import SaleOrder
from odoo.addons.sale.models.sale_order_line import SaleOrderLine

from .benefit_common import BenefitCommon

HOOKED = [
    (ProductPricelist, "_get_partner_pricelist_multi", "(self, partner_ids)"),
    (
        ProductPricelist,
        "_get_partner_pricelist_multi_search_domain_hook",
        "(self, company_id)",
    ),
    (ProductPricelist, "_get_partner_pricelist_multi_filter_hook", "(self)"),
    (ResPartner, "_compute_product_pricelist", "(self)"),
    (ResPartner, "_inverse_product_pricelist", "(self)"),
    (SaleOrder, "_recompute_prices", "(self)"),
    (SaleOrder, "_get_update_prices_lines", "(self)"),
    (SaleOrderLine, "_get_pricelist_kwargs", "(self)"),
    (SaleOrderLine, "_get_product_price_context", "(self)"),
    (SaleOrderLine, "_get_display_price", "(self)"),
    (SaleOrderLine, "_compute_name", "(self)"),
    (SaleOrderLine, "_compute_discount", "(self)"),
    (SaleOrderLine, "_compute_tax_ids", "(self)"),
]


@tagged("post_install", "-at_install")
class TestPriceSeams(BenefitCommon):
    """What prices assume of Odoo, and that others pay nothing for them."""

    @contextmanager
    def _collecting(self):
        """Collect the statements that are sent to the database."""
        statements = []
        execute = Cursor.execute

        def listen(cursor, query, *args, **values):
            statements.append(str(getattr(query, "code", query)))
            return execute(cursor, query, *args, **values)

        with patch.object(Cursor, "execute", listen):
            yield statements

    def test_hooked_methods_take_what_we_pass_on(self):
        found = {
            f"{owner.__name__}.{name}": str(signature(getattr(owner, name)))
            for owner, name, _expected in HOOKED
        }

        self.assertEqual(
            found, {f"{owner.__name__}.{name}": text for owner, name, text in HOOKED}
        )

    def test_our_methods_come_before_those_they_override(self):
        for model, name in (
            ("product.pricelist", "_get_partner_pricelist_multi"),
            ("product.pricelist", "_get_partner_pricelist_multi_filter_hook"),
            ("res.partner", "_compute_product_pricelist"),
            ("res.partner", "_inverse_product_pricelist"),
            ("sale.order", "copy"),
            ("sale.order.line", "_get_display_price"),
            ("sale.order.line", "_compute_name"),
            ("sale.order.line", "_compute_discount"),
            ("sale.order.line", "_compute_tax_ids"),
        ):
            owners = [
                owner.__module__
                for owner in type(self.env[model]).__mro__
                if name in vars(owner)
            ]
            ours = next(i for i, one in enumerate(owners) if "member_loyalty" in one)
            native = next(
                i
                for i, one in enumerate(owners)
                if one.startswith(("odoo.addons.product", "odoo.addons.sale."))
                or one == "odoo.orm.models"
            )
            self.assertLess(ours, native, f"{model}.{name}")

    def test_the_price_of_a_line_is_what_odoo_computes(self):
        self._create_benefit(kind="discount", discount_percent=5)
        ada = self._create_member(tier=self.silver)
        order = self.env["sale.order"].create({"partner_id": ada.id})
        line = self.env["sale.order.line"].create(
            {"order_id": order.id, "product_id": self.product.id}
        )

        self.assertEqual(line._get_unit_price_by(order.pricelist_id), line.price_unit)

    def _count_creation(self, customer):
        values = {
            "partner_id": customer.id,
            "order_line": [self._prepare_line(price_unit=100)],
        }
        for _warm_up in range(2):
            self.env["sale.order"].create(values)
        self.env.flush_all()
        self.env.invalidate_all()
        with self._collecting() as statements:
            self.env["sale.order"].create(values)
            self.env.flush_all()
        return statements

    def test_companies_without_price_benefits_pay_no_statement(self):
        group = self.env.ref("product.group_product_pricelist")
        self.env.ref("base.group_user")._apply_group(group)
        customer = self._create_member()
        self._count_creation(customer)
        with self._without_our_prices():
            plain = self._count_creation(customer)

        ours = self._count_creation(customer)

        added = list(ours)
        for statement in plain:
            if statement in added:
                added.remove(statement)
        self.assertEqual(len(ours), len(plain), "\n".join(added))

    @contextmanager
    def _without_our_prices(self):
        """Let orders be made as if there were no member prices."""
        Pricelist = type(self.env["product.pricelist"])
        Order = type(self.env["sale.order"])
        Line = type(self.env["sale.order.line"])
        with (
            patch.object(
                Pricelist, "_get_partner_pricelist_multi", self._get_native_pricelists
            ),
            patch.object(Order, "_check_member_pricelist", lambda _self: None),
            patch.object(
                Line,
                "_compute_member_price",
                lambda lines: lines.update(
                    {"member_normal_price": 0, "member_saving": 0}
                ),
            ),
        ):
            yield

    @staticmethod
    def _get_native_pricelists(pricelists, partner_ids):
        return ProductPricelist._get_partner_pricelist_multi(pricelists, partner_ids)
