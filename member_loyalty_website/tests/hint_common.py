from .points_common import PointsPageCommon


class HintCommon(PointsPageCommon):
    """The club gives a point for each unit spent; a lamp costs 200."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._create_rule(points=1)
        cls.hints = cls.env["member.point.hint"]

    def _ask_info(self, product, quantity=1, login="ann"):
        """Ask as the page does when quantity or variant change."""
        self.authenticate(login, login)
        self.env.flush_all()
        return self.make_jsonrpc_request(
            "/website_sale/get_combination_info",
            {
                "product_template_id": product.product_tmpl_id.id,
                "product_id": product.id,
                "combination": product.product_template_attribute_value_ids.ids,
                "add_qty": quantity,
            },
        )
