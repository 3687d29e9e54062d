from decimal import Decimal

from odoo import api, fields, models

from ..logic.rule_testing import Fact, day_before


class MemberRuleTestFact(models.Model):
    """Something that the customer of a rule test did, so long before the test."""

    _name = "member.rule.test.fact"
    _description = "Fact of a Rule Test"
    _order = "test_id, months_before desc, days_before desc, id"

    test_id = fields.Many2one(
        comodel_name="member.rule.test", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="test_id.company_id", store=True)
    currency_id = fields.Many2one(related="test_id.currency_id")
    months_before = fields.Integer(help="Whole months before the day of the test.")
    days_before = fields.Integer(
        help="Days before the day of the test, beside the months."
    )
    kind = fields.Selection(
        selection="_selection_kind", required=True, default="purchase"
    )
    document = fields.Char(
        help="Facts with the same document belong together, such as an order and what"
        " was given back of it. Leave empty for a document of its own."
    )
    amount = fields.Monetary(help="Untaxed; what was given back is negative.")
    order_count = fields.Integer(
        string="Orders",
        default=1,
        help="1 for an order, -1 when it is taken back as a whole.",
    )
    quantity = fields.Float(
        string="Units", help="Units bought, or how often it happened."
    )
    category_id = fields.Many2one(
        comodel_name="product.category", string="Product Category", ondelete="restrict"
    )
    country_id = fields.Many2one(comodel_name="res.country", ondelete="restrict")
    team_id = fields.Many2one(
        comodel_name="crm.team", string="Sales Team", ondelete="restrict"
    )

    _days_lie_back = models.Constraint(
        "CHECK(months_before >= 0 AND days_before >= 0)",
        "What a customer did lies before the test: enter 0 or more months and days.",
    )

    @api.model
    def _selection_kind(self):
        """Return the kinds of the journal, points, and money on the eWallet."""
        kinds = self.env["member.activity"]._fields["kind"]
        return [
            *kinds._description_selection(self.env),
            ("points", self.env._("Points")),
            ("topup", self.env._("Top-up of the eWallet")),
        ]

    def _prepare_fact(self, as_of):
        """Return this as the pure :class:`Fact`.

        :param date as_of: the day of the test
        """
        self.ensure_one()
        amount = Decimal(str(round(self.amount, 6)))
        units = Decimal(str(round(self.quantity, 6)))
        return Fact(
            kind=self.kind,
            date=day_before(as_of, self.months_before, self.days_before),
            amount=amount,
            order_count=self.order_count if self.kind == "purchase" else 0,
            quantity=int(self.quantity) if self.kind != "purchase" else 0,
            document=self.document or f"fact {self._origin.id or id(self)}",
            country_id=self.country_id.id or None,
            team_id=self.team_id.id or None,
            parts=((self.category_id.id or None, amount, units),),
        )
