from odoo import models


class MemberCartLineBenefit(models.AbstractModel):
    """A line that a benefit brought, in a cart."""

    _name = "member.cart.line.benefit"
    _description = "Benefit on a Line of a Cart"

    def _show_in_cart(self):
        """Override of `website_sale`: what comes by itself is a row of the totals."""
        return not self.member_benefit_part and super()._show_in_cart()

    def _is_reorder_allowed(self):
        """Override of `website_sale`: what was free once is not bought again."""
        return not self.member_benefit_id and super()._is_reorder_allowed()

    def _is_sellable(self):
        """Override of `website_sale`: what comes by itself is no product."""
        return not self.member_benefit_part and super()._is_sellable()

    def _should_show_strikethrough_price(self):
        """Override of `website_sale`: a free product was never dearer in this cart."""
        return not self.member_benefit_id and super()._should_show_strikethrough_price()

    def _can_be_edited_on_portal(self):
        """Override of `sale`: customers do not change lines of benefits."""
        return not self.member_benefit_id and super()._can_be_edited_on_portal()

    def _check_validity(self):
        """Override of `website_sale`: a benefit may be free in any shop."""
        return None if self.member_benefit_id else super()._check_validity()
