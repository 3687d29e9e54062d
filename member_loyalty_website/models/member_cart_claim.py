from odoo import models
from odoo.exceptions import ValidationError


class MemberCartClaim(models.AbstractModel):
    """Free products in a cart, as long as the buyer may have them."""

    _name = "member.cart.claim"
    _description = "Claims of Benefits in a Cart"

    def _verify_cart_after_update(self):
        """Override of `website_sale` to keep free products that are still granted."""
        self._take_off_lost_claims()
        return super()._verify_cart_after_update()

    def _recompute_cart(self):
        """Override of `website_sale` to keep free products that are still granted."""
        self._take_off_lost_claims()
        return super()._recompute_cart()

    def _check_cart_is_ready_to_be_paid(self):
        """Override of `website_sale` to let nobody pay with what they lost.

        :raises ValidationError: with what to do
        """
        result = super()._check_cart_is_ready_to_be_paid()
        if lost := self._get_lost_claim_lines():
            raise ValidationError(
                self.env._(
                    "%(benefit)s is no longer among your benefits. Open your cart"
                    " again: it is brought up to date there.",
                    benefit=lost[0].sudo().member_benefit_id.name,
                )
            )
        return result

    def _get_lost_claim_lines(self):
        """Return the free products that the buyer may not have any more."""
        lines = self._get_claim_lines()
        if not lines or self.state not in ("draft", "sent"):
            return lines.browse()
        if self._is_benefit_use_forced():
            return lines.browse()
        granted = {
            benefit.id for _one, benefit in self._get_granted_benefits("product")
        }
        return lines.filtered(
            lambda line: line.sudo().member_benefit_id.id not in granted
        )

    def _take_off_lost_claims(self):
        """Take off free products that the buyer may not have any more, and say so."""
        lost = self._get_lost_claim_lines()
        if not lost:
            return
        names = lost.sudo().member_benefit_id.mapped("name")
        lost.unlink()
        self.shop_warning = self.env._(
            "No longer among your benefits, and taken off the cart: %(benefits)s",
            benefits=", ".join(names),
        )
