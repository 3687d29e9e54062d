from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class MemberCatalogueAccess(models.AbstractModel):
    """Tells customers who ask from outside of no products that are hidden from them.

    Odoo lets whoever has signed in read all published products.
    """

    _name = "member.catalogue.access"
    _description = "Access to Products of a Catalogue"

    def read(self, fields=None, load="_classic_read"):
        """Override of `base`: a call from outside tells nothing of hidden products.

        :raises AccessError: when one of them is hidden from who asks
        """
        self._check_shown()
        return super().read(fields, load)

    def web_read(self, specification):
        """Override of `web`: a call from outside tells nothing of hidden products.

        :raises AccessError: when one of them is hidden from who asks
        """
        self._check_shown()
        return super().web_read(specification)

    def _search(self, domain, *args, **kwargs):
        """Override of `base`: customers find only what the shop shows them."""
        if self._is_asked_by_customer():
            domain = Domain(domain) & self._get_shown_domain()
        return super()._search(domain, *args, **kwargs)

    def _check_shown(self):
        if not self._is_asked_by_customer():
            return
        shown = self._get_shown_domain()
        if shown.is_true() or self.sudo().filtered_domain(shown) == self.sudo():
            return
        raise AccessError(self.env._("This product is not in the shop for you."))

    def _get_shown_domain(self):
        """Return what of this model the shop shows who asks."""
        return self.env["website"]._get_on_sale_domain()

    def _is_asked_by_customer(self):
        """Tell whether who asks is a visitor or customer, with their own rights."""
        return not self.env.su and not self.env.user._is_internal()


class MemberCataloguePart(models.AbstractModel):
    """What belongs to a product tells no more than the product: neither its name."""

    _name = "member.catalogue.part"
    _description = "Access to Parts of Products of a Catalogue"
    _inherit = ["member.catalogue.access"]

    def _get_shown_domain(self):
        """Override of `member.catalogue.access`: parts of products that are shown."""
        shown = super()._get_shown_domain()
        if shown.is_true():
            return shown
        return Domain("product_tmpl_id", "=", False) | Domain(
            "product_tmpl_id", "any", shown
        )
