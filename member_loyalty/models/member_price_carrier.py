from odoo import api, models
from odoo.exceptions import ValidationError


class MemberPriceCarrier(models.AbstractModel):
    """A contact whose prices may come from a benefit."""

    _name = "member.price.carrier"
    _description = "Customer with Member Prices"

    @api.depends(
        "commercial_partner_id", "member_membership_ids.tier_id", "member_tag_ids"
    )
    def _compute_product_pricelist(self):
        """Override of `product` to follow tiers and tags."""
        return super()._compute_product_pricelist()

    def write(self, vals):
        """Override of `base`: contacts follow the tags of their company at once."""
        result = super().write(vals)
        if "member_tag_ids" in vals:
            self._forget_prices()
        return result

    @api.model
    def _forget_prices(self):
        """Ask again who has which price list."""
        partners = self.env["res.partner"]
        partners.invalidate_model(["property_product_pricelist"], flush=False)

    def _inverse_product_pricelist(self):
        """Override of `product`: who has a price list by a benefit keeps it so.

        Choosing it on the contact chooses nothing: it stays only as long as the
        benefit does.
        """
        by_benefit = self.filtered(
            lambda partner: (
                partner.property_product_pricelist._is_for_members()
                and partner.property_product_pricelist._is_entitled(partner)
            )
        )
        by_benefit.specific_property_product_pricelist = False
        return super(MemberPriceCarrier, self - by_benefit)._inverse_product_pricelist()

    @api.constrains("specific_property_product_pricelist")
    def _check_pricelist_is_not_for_members(self):
        for partner in self:
            pricelist = partner.specific_property_product_pricelist
            if pricelist and pricelist._is_for_members():
                raise ValidationError(
                    self.env._(
                        "Only members with the benefit get the price list"
                        " %(pricelist)s, and as long as they have it. Give"
                        " %(customer)s the benefit by a tier or tag, or choose a copy"
                        " of the price list.",
                        pricelist=pricelist.name,
                        customer=partner.display_name,
                    )
                )
