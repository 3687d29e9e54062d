from pytz import all_timezones_set

from odoo import models
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import format_datetime

SHOWN_PRODUCTS = 12


class MemberSaleWords(models.AbstractModel):
    """What members read of a sale: until when, and how much is left."""

    _name = "member.sale.words"
    _description = "Words of a Member Sale"

    def _render_block(self, membership):
        """Return what the page of a product says of the sale.

        :param membership: whom it is for; None for somebody who cannot take part
        """
        self.ensure_one()
        values = {"sale": self._prepare_words(membership)}
        template = "member_loyalty_website.member_sale_block"
        return self.env["ir.qweb"]._render(template, values)

    def _prepare_words(self, membership, by_member=None):
        """Return what is said of a sale to a member, or to others.

        :param membership: whom it is for; None for somebody who cannot take part
        :param Decimal by_member: what the member has of it, where that is known
        """
        self.ensure_one()
        sale = self.sudo()
        is_coming = sale.state == "coming"
        moment = sale.begins_at if is_coming else sale.ends_at
        return {
            "event": sale,
            "name": sale.with_env(self.env).sudo().name,
            "state": sale.state,
            "is_open": bool(membership),
            "moment": f"{moment.isoformat()}Z",
            "moment_text": self._say_moment(moment),
            "left_text": self._say_left(membership, by_member) if membership else "",
            "tiers": "" if membership else self._say_tiers(),
        }

    def _say_tiers(self):
        """Return the names of the tiers that take part."""
        return ", ".join(self.sudo().tier_ids.sorted("sequence").mapped("name"))

    def _find_shown_products(self):
        """Return some products of the sale that the visitor finds in the shop."""
        sale = self.sudo()
        website = self.env["website"].get_current_website()
        domain = Domain(website.sale_product_domain()) & Domain(
            "is_published", "=", True
        )
        named = sale.product_tmpl_ids | sale.product_ids.product_tmpl_id
        covered = Domain("id", "in", named.ids)
        if sale.category_ids:
            covered |= Domain("categ_id", "child_of", sale.category_ids.ids)
        products = self.env["product.template"].sudo()
        return products.search(domain & covered, limit=SHOWN_PRODUCTS)

    def _say_moment(self, moment):
        """Return a moment in the time zone of who reads."""
        named = (
            self.env.user.tz,
            request and request.httprequest.cookies.get("tz"),
            self.sudo().company_id._get_member_timezone().key,
        )
        zone = next((one for one in named if one in all_timezones_set), "UTC")
        return format_datetime(self.env, moment, tz=zone, dt_format="medium")

    def _say_left(self, membership, by_member=None):
        """Return the sentence about what is left."""
        sale = self.sudo()
        if not sale.quantity_limit:
            return ""
        if sale.state == "sold_out":
            return self.env._("Sold out")
        words = {
            "left": f"{sale.left_quantity:g}",
            "all": f"{sale.quantity_limit:g}",
        }
        own = sale._get_left(membership, by_member=by_member)
        if sale.quantity_per_member and own < sale.left_quantity:
            own_words = {**words, "own": f"{float(max(own, 0)):g}"}
            return self.env._("%(left)s of %(all)s left, %(own)s for you", **own_words)
        return self.env._("%(left)s of %(all)s left", **words)
