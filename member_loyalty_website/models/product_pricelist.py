from odoo import api, models
from odoo.exceptions import ValidationError

from odoo.addons.website.models.ir_http import get_request_website


class ProductPricelist(models.Model):
    """A price list in the shop: those for members are for whoever has them now.

    What the suite assumes of Odoo here: the shop asks ``_is_available_on_website``
    before it uses a price list, and lists price lists by
    ``_get_website_pricelists_domain``.
    """

    _inherit = "product.pricelist"

    @api.constrains("selectable", "code", "is_member_pricelist")
    def _check_members_list_is_not_for_all(self):
        for pricelist in self.filtered("is_member_pricelist"):
            if pricelist.selectable or pricelist.sudo().code:
                raise ValidationError(
                    self.env._(
                        "Anybody could take the price list %(pricelist)s in the shop."
                        " Let visitors not choose it and take its promotional code"
                        " off, or give members another price list.",
                        pricelist=pricelist.name,
                    )
                )

    def _is_available_on_website(self, website):
        """Override of `website_sale`: whoever has it by a benefit may use it.

        On every website of its company, unless it was bound to one by hand.
        """
        self.ensure_one()
        if not self._is_for_members():
            return super()._is_available_on_website(website)
        pricelist = self.with_company(website.company_id)
        return pricelist._fits_website(website) and pricelist._is_entitled(
            self.env.user.partner_id
        )

    def _fits_website(self, website):
        """Tell whether members can use the price list on a website."""
        self.ensure_one()
        pricelist = self.sudo()
        is_bound = pricelist.website_id and not pricelist.member_benefit_id
        return (
            pricelist.active
            and (not pricelist.company_id or pricelist.company_id == website.company_id)
            and (not is_bound or pricelist.website_id == website)
        )

    def _filter_usable_here(self):
        """Override of `member_loyalty`: those of other websites are not."""
        lists = super()._filter_usable_here()
        website = get_request_website()
        if not website:
            return lists
        return lists.filtered(lambda one: one._fits_website(website))

    def _get_website_pricelists_domain(self, website):
        """Override of `website_sale`: lists for members are no choice of the shop."""
        domain = super()._get_website_pricelists_domain(website)
        return [*domain, ("is_member_pricelist", "=", False)]
