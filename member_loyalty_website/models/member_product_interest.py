from odoo import api, fields, models
from odoo.tools import format_date

from ..queries import behaviour as queries

NOTED = {"inquiry": "inquiry_count", "cart": "cart_count"}


class MemberProductInterest(models.Model):
    """What a contact or a visitor did with a product on one day."""

    _name = "member.product.interest"
    _inherit = "member.behaviour"
    _description = "Interest in a Product"
    _log_access = False
    _rec_name = "product_tmpl_id"
    _behaviour_store = queries.INTERESTS

    product_tmpl_id = fields.Many2one(
        comodel_name="product.template",
        string="Product",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    view_count = fields.Integer(
        string="Views",
        required=True,
        readonly=True,
        default=0,
        help="How often the page of the product was opened; at most 50 a day.",
    )
    seconds = fields.Integer(
        string="Seconds Visible",
        required=True,
        readonly=True,
        default=0,
        help="How long the page was to be seen, not only open in a tab; at most ten"
        " minutes for each view and one hour a day.",
    )
    search_count = fields.Integer(
        string="From Searches",
        required=True,
        readonly=True,
        default=0,
        help="How many of the views came from a search in the shop.",
    )
    inquiry_count = fields.Integer(
        string="Put on Inquiries",
        required=True,
        readonly=True,
        default=0,
        help="How often the product was put on the inquiry list.",
    )
    cart_count = fields.Integer(
        string="Put in the Cart",
        required=True,
        readonly=True,
        default=0,
        help="How often the product was put in the cart.",
    )

    _contact_day = models.UniqueIndex(
        "(partner_id, website_id, day, product_tmpl_id) WHERE partner_id IS NOT NULL"
    )
    _visitor_day = models.UniqueIndex(
        "(visitor_key, website_id, day, product_tmpl_id) WHERE visitor_key IS NOT NULL"
    )
    _website_day = models.Index("(website_id, day)")

    @api.model
    def _note_interest(self, products, what, website=None):
        """Note what the person of this request did with products, if that is allowed.

        Does nothing unless the website follows views and the person agreed.

        :param products: products or templates
        :param str what: "inquiry" (put on the inquiry list) or "cart" (in the cart)
        :param website: the current one when left out
        """
        website = website or self.env["website"].get_current_website()
        owner = products and website._find_interest_owner()
        if owner:
            if products._name == "product.product":
                products = products.product_tmpl_id
            self.sudo()._add(owner, website, products.ids, {NOTED[what]: 1})

    @api.model
    def _note_beacon(self, beacon, owner, website):
        """Note what a product page told.

        :param beacon: ``logic.product_interest.Beacon``
        """
        counts = {
            "view_count": int(beacon.is_first),
            "search_count": int(beacon.is_from_search),
            "seconds": beacon.seconds,
        }
        self.sudo()._add(owner, website, [beacon.product_id], counts)

    @api.model
    def _say_interest(self, noted):
        """Return what was noted of one product, in sentences for who it is about.

        :param dict noted: counters, "days" (how many), "first_day" and "last_day"
        """
        first, last = (
            format_date(self.env, noted[k]) for k in ("first_day", "last_day")
        )
        sentences = [
            self.env._("Noted on %(day)s", day=last)
            if noted["days"] == 1
            else self.env._(
                "Noted on %(days)s days from %(first)s to %(last)s",
                days=noted["days"],
                first=first,
                last=last,
            )
        ]
        said = {
            "view_count": self.env._(
                "Times opened: %(count)s", count=noted["view_count"]
            ),
            "seconds": self.env._("Seconds visible: %(count)s", count=noted["seconds"]),
            "search_count": self.env._(
                "Times found by a search: %(count)s", count=noted["search_count"]
            ),
            "inquiry_count": self.env._(
                "Times put on an inquiry: %(count)s", count=noted["inquiry_count"]
            ),
            "cart_count": self.env._(
                "Times put in the cart: %(count)s", count=noted["cart_count"]
            ),
        }
        return sentences + [words for name, words in said.items() if noted[name]]

    @api.autovacuum
    def _gc_old_interests(self):
        """Delete what is not kept any longer, in batches."""
        return self.sudo()._forget_old()
