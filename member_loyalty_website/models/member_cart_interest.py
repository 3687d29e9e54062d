from odoo import models


class MemberCartInterest(models.AbstractModel):
    """A cart that tells which products were put into it."""

    _name = "member.cart.interest"
    _description = "Interest Shown by a Cart"

    def _cart_add(self, product_id, quantity=1.0, *, uom_id=None, **kwargs):
        """Override of `website_sale` to note interest in what was put in the cart."""
        values = super()._cart_add(product_id, quantity, uom_id=uom_id, **kwargs)
        if self.website_id.member_follow_views and values.get("added_qty", 0) > 0:
            product = self.env["product.product"].browse(product_id)
            interests = self.env["member.product.interest"]
            interests._note_interest(product, "cart", self.website_id)
        return values
