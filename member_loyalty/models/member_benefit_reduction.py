from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic.order_reduction import Reduction
from ..logic.price_rules import is_amount, is_percentage


class MemberBenefitReduction(models.AbstractModel):
    """A reduction that a benefit gives on a member's first order."""

    _name = "member.benefit.reduction"
    _description = "Reduction by a Benefit"

    currency_id = fields.Many2one(comodel_name="res.currency")
    reduction_by = fields.Selection(
        selection=[("percent", "Percent of the order"), ("amount", "An amount")],
        string="Reduction",
        required=True,
        default="percent",
        tracking=True,
        help="Of several such benefits that a customer has, the first in their order"
        " that takes anything off is given.",
    )
    reduction_amount = fields.Monetary(
        string="Amount Off",
        tracking=True,
        help="In the program's currency. Never more than the order comes to.",
    )
    reduction_cap = fields.Monetary(
        string="At Most", tracking=True, help="0: no limit but the order itself."
    )
    reduction_minimum = fields.Monetary(
        string="For Orders from",
        tracking=True,
        help="What has to be bought, of the product line if there is one. Taxes count"
        " where prices include them.",
    )

    @api.constrains("kind", "reduction_by", "discount_percent", "reduction_amount")
    def _check_reduction(self):
        for benefit in self.filtered(lambda one: one.kind == "first_order"):
            percent, amount = benefit.discount_percent, benefit.reduction_amount
            if benefit.reduction_by == "percent" and not is_percentage(percent):
                raise ValidationError(
                    self.env._(
                        "%(percent)s%% is nothing that %(benefit)s can take off an"
                        " order. Enter more than 0 and at most 100.",
                        percent=percent,
                        benefit=benefit.name,
                    )
                )
            if benefit.reduction_by == "amount" and not (amount and is_amount(amount)):
                raise ValidationError(
                    self.env._(
                        "%(benefit)s takes nothing off the first order. Enter an"
                        " amount of more than 0.",
                        benefit=benefit.name,
                    )
                )

    @api.constrains("reduction_cap", "reduction_minimum")
    def _check_reduction_limits(self):
        for benefit in self:
            if not (
                is_amount(benefit.reduction_cap)
                and is_amount(benefit.reduction_minimum)
            ):
                raise ValidationError(
                    self.env._(
                        "The limits of %(benefit)s are below nothing. Enter 0 for no"
                        " limit, or more.",
                        benefit=benefit.name,
                    )
                )

    def _get_reduction(self, currency, day):
        """Return the reduction as ``Reduction`` of ``logic``.

        :param currency: the order's; amounts are converted to it
        :param date day: by the rates of this day
        """
        self.ensure_one()

        def convert(amount):
            company = self.company_id
            converted = self.currency_id._convert(amount, currency, company, day)
            return Decimal(str(converted))

        limits = {
            "cap": convert(self.reduction_cap),
            "minimum": convert(self.reduction_minimum),
        }
        if self.reduction_by == "amount":
            return Reduction(amount=convert(self.reduction_amount), **limits)
        return Reduction(percent=Decimal(str(self.discount_percent)), **limits)
