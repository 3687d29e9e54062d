from odoo import api, fields, models
from odoo.tools import format_date

from ..logic.product_interest import normalise_words
from ..queries import behaviour as queries


class MemberProductSearch(models.Model):
    """Words that a contact or a visitor searched for in the shop on one day."""

    _name = "member.product.search"
    _inherit = "member.behaviour"
    _description = "Search for Products"
    _log_access = False
    _rec_name = "words"
    _behaviour_store = queries.SEARCHES

    words = fields.Char(
        required=True,
        readonly=True,
        help="In small letters and cut; addresses and numbers of persons are not kept.",
    )
    search_count = fields.Integer(
        string="Searches",
        required=True,
        readonly=True,
        default=0,
        help="How often it was searched for; at most 50 a day.",
    )

    _contact_day = models.UniqueIndex(
        "(partner_id, website_id, day, words) WHERE partner_id IS NOT NULL"
    )
    _visitor_day = models.UniqueIndex(
        "(visitor_key, website_id, day, words) WHERE visitor_key IS NOT NULL"
    )
    _website_day = models.Index("(website_id, day)")

    @api.model
    def _note_search(self, words, owner, website):
        """Note one search, unless the words are nothing or may be personal."""
        words = normalise_words(words)
        if words:
            self.sudo()._add(owner, website, [words], {"search_count": 1})

    @api.model
    def _say_search(self, count, day):
        """Return how often words were searched for, for who it is about."""
        return self.env._(
            "Times searched: %(count)s, last on %(day)s",
            count=count,
            day=format_date(self.env, day),
        )

    @api.autovacuum
    def _gc_old_searches(self):
        """Delete what is not kept any longer, in batches."""
        return self.sudo()._forget_old()
