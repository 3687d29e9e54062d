from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic.benefit_claim import may_claim

MOST_AT_ONCE = 100


class Claim(NamedTuple):
    """A free product that the customer of an order may claim.

    ``available``: how often still; None is any number of times.
    """

    membership: models.BaseModel
    benefit: models.BaseModel
    available: int | None


class MemberOrderClaim(models.AbstractModel):
    """Free products: what the customer of a quotation may have, and putting it on."""

    _name = "member.order.claim"
    _description = "Claims of Benefits on an Order"

    member_claimable_count = fields.Integer(
        string="Benefits to Claim", compute="_compute_member_claimable_count"
    )

    @api.depends("partner_id", "state", "company_id", "order_line.member_benefit_id")
    def _compute_member_claimable_count(self):
        for order in self:
            order.member_claimable_count = len(order._get_claimable_benefits())

    def write(self, vals):
        """Override of `sale` to confirm only what the customer is granted.

        :raises UserError: when a free product is not granted any more
        """
        if vals.get("state") == "sale":
            for order in self.filtered(lambda one: one.state != "sale"):
                order._check_claims_hold()
        return super().write(vals)

    def _get_claimable_benefits(self):
        """Return what the customer may still claim on this quotation.

        :return: list of ``Claim``, with rights; empty on an order
        """
        self.ensure_one()
        if self.state not in ("draft", "sent"):
            return []
        day = (self.company_id or self.env.company)._member_today()
        claims = [
            Claim(membership, benefit, benefit._get_available(membership, day))
            for membership, benefit in self._get_granted_benefits("product")
            if benefit.product_ids  # not of archived products alone
        ]
        return [claim for claim in claims if may_claim(claim.available)]

    def _claim_benefit(self, benefit, product=None):
        """Put a free product on this quotation; it is used from now on.

        :param benefit: one that ``_get_claimable_benefits`` names
        :param product: one of its products; needed where there are several
        :return: the new line
        :raises UserError: when the customer may not have it, or nothing is left
        """
        return self._add_claim(benefit, product, 1)

    def _add_claim(self, benefit, product, times):
        """Put the pieces of so many uses of a benefit on this quotation.

        :return: the new line
        """
        self.ensure_one()
        self.check_access("write")
        benefit = benefit.sudo()
        self._check_may_claim(benefit, times)
        product = product or benefit.product_ids[: len(benefit.product_ids) == 1]
        if not product or product not in benefit.product_ids:
            raise UserError(
                self.env._(
                    "Choose one of the products of %(benefit)s: %(products)s.",
                    benefit=benefit.name,
                    products=", ".join(benefit.product_ids.mapped("display_name")),
                )
            )
        lines = self.env["sale.order.line"].sudo()
        line = lines.create(self._prepare_claim_line(benefit, product, times))
        return line.with_env(self.env)

    def _check_may_claim(self, benefit, times):
        """Let pass what the customer of this quotation may claim so often.

        :raises UserError: for the rest, with what to do
        """
        if self.state not in ("draft", "sent"):
            raise UserError(
                self.env._(
                    "Benefits are claimed on quotations. Set the order back to a"
                    " quotation, or make a new one."
                )
            )
        if not 1 <= times <= MOST_AT_ONCE:
            raise UserError(
                self.env._(
                    "Say how often: from 1 to %(most)s times.", most=MOST_AT_ONCE
                )
            )
        granted = [one for _held, one in self._get_granted_benefits("product")]
        if benefit not in granted:
            raise UserError(
                self.env._(
                    "%(customer)s does not have %(benefit)s. “Benefits” on the"
                    " quotation lists what can be claimed.",
                    customer=self.partner_id.display_name or self.env._("Nobody"),
                    benefit=benefit.name,
                )
            )

    def _prepare_claim_line(self, benefit, product, times):
        """Return the values of the line with a free product."""
        lang = self._get_lang()
        return {
            "order_id": self.id,
            "product_id": product.id,
            "product_uom_id": product.sudo().uom_id.id,
            "name": self.env._(
                "%(product)s (%(benefit)s)",
                product=product.sudo().with_context(lang=lang).display_name,
                benefit=benefit.with_context(lang=lang).name,
            ),
            "product_uom_qty": benefit.product_quantity * times,
            "price_unit": 0,
            "technical_price_unit": 0,
            "discount": 0,
            "member_benefit_id": benefit.id,
            "member_is_uncounted": True,
        }

    def _get_claim_lines(self):
        """Return the lines with free products."""
        return self.order_line.filtered(
            lambda line: (
                line.sudo().member_benefit_id.kind == "product"
                and not line.member_benefit_part
            )
        )

    def _check_claims_hold(self):
        """Let pass quotations whose free products are granted, and paid ones.

        :raises UserError: when the customer lost one, with what to do
        """
        self.ensure_one()
        lines = self._get_claim_lines()
        if not lines or self._is_benefit_use_forced():
            return
        granted = [one for _held, one in self._get_granted_benefits("product")]
        for line in lines.sudo():
            if line.product_uom_qty and line.member_benefit_id not in granted:
                raise UserError(
                    self.env._(
                        "%(customer)s does not have %(benefit)s any more. Take the line"
                        " “%(line)s” off the quotation, then confirm it. Or ask a"
                        " manager to grant the benefit.",
                        customer=self.partner_id.display_name,
                        benefit=line.member_benefit_id.name,
                        line=line.name,
                    )
                )

    def action_claim_benefits(self):
        """Open the list of what the customer may claim."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Benefits to Claim"),
            "res_model": "member.benefit.claim",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }
