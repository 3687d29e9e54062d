import secrets

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain
from odoo.tools import mute_logger

from ..logic.inquiry_list import MOST_LINES

FORGOTTEN_AT_ONCE = 10_000


class MemberInquiryList(models.Model):
    """Products that somebody in the shop wants an offer for.

    A visitor's list is known by a token that only their session holds, a buyer's by
    the contact. Nobody but code with rights reads or writes it, and every change
    raises ``version``: two changes at once conflict, and Odoo runs the later one again.
    """

    _name = "member.inquiry.list"
    _description = "Inquiry List"
    _inherit = ["member.inquiry.sending"]
    _order = "id desc"

    website_id = fields.Many2one(
        comodel_name="website", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="website_id.company_id", store=True, index=True
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Buyer",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="The contact who is signed in; nobody for a visitor.",
    )
    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: secrets.token_urlsafe(32),
        groups="base.group_system",
    )
    version = fields.Integer(readonly=True, copy=False)
    line_ids = fields.One2many(
        comodel_name="member.inquiry.list.line",
        inverse_name="list_id",
        string="Products",
        readonly=True,
    )

    _one_for_token = models.UniqueIndex("(token)")
    _one_open_for_buyer = models.UniqueIndex(
        "(website_id, partner_id) WHERE sent_at IS NULL AND partner_id IS NOT NULL",
        "A buyer has one list at a time.",
    )
    _to_forget = models.Index("(write_date) WHERE partner_id IS NULL")

    @api.depends("partner_id", "contact_name")
    def _compute_display_name(self):
        for one in self:
            name = one.partner_id.display_name or one.contact_name
            one.display_name = name or self.env._("A visitor")

    # Whose list

    @api.model
    def _find_open(self, website, partner, token):
        """Return the list that a buyer or visitor is filling; may be none.

        :param partner: the buyer's contact; empty for a visitor
        :param str token: the one in the visitor's session
        """
        if not partner and not token:
            return self.browse()
        holder = ("partner_id", "=", partner.id)
        if not partner:
            holder = Domain("partner_id", "=", False) & Domain("token", "=", token)
        return self.search(
            Domain("website_id", "=", website.id)
            & Domain("sent_at", "=", False)
            & Domain([holder] if partner else holder),
            limit=1,
        )

    @api.model
    def _open(self, website, partner, token):
        """Return the list that a buyer or visitor is filling, a new one if need be.

        :raises ConcurrencyError: when another request of the same buyer just made it;
            Odoo runs this one again, and it finds the list
        """
        found = self._find_open(website, partner, token)
        if found:
            return found
        values = {"website_id": website.id, "partner_id": partner.id}
        try:
            # a clash is no error to report: the request is run again
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return self.create(values)
        except UniqueViolation as clash:
            raise ConcurrencyError(
                self.env._("Another request just began the same list.")
            ) from clash

    # What is on it

    @api.model
    def _filter_askable(self, website, products):
        """Return those products that the visitor of this request sees in the shop.

        It asks what addresses of products ask, and what lists of them ask.
        """
        visitor = self.env(su=False)
        domain = Domain("id", "in", products.ids) & Domain(
            website.with_env(visitor).sale_product_domain()
        )
        seen = visitor["product.product"].search(domain)
        closed = seen.product_tmpl_id.filtered(
            lambda one: not one.can_access_from_current_website()
        )
        return seen.filtered(lambda one: one.product_tmpl_id not in closed)

    def _get_shown_lines(self):
        """Return the lines whose product the visitor of this request may see."""
        if not self.line_ids:
            return self.line_ids
        askable = self._filter_askable(self.website_id, self.line_ids.product_id)
        return self.line_ids.filtered(lambda line: line.product_id.id in askable.ids)

    def _add(self, product, quantity, uom, note=""):
        """Put a product on the list, or more of it.

        :param float quantity: in the unit ``uom``
        :return: the line; empty when the list is full
        """
        self.ensure_one()
        self._renew()
        line = self.line_ids._find_same(product, uom)
        if line:
            line._put_more(quantity)
        elif len(self.line_ids) < MOST_LINES:
            line = line.create(
                {
                    "list_id": self.id,
                    "product_id": product.id,
                    "quantity": quantity,
                    "uom_id": uom.id,
                    "note": note,
                }
            )
        if line:
            self._after_adding(product)
        return line

    def _after_adding(self, products):
        """Follow up that somebody put products on their list; nothing by itself.

        Seam: a module that learns from what buyers look at extends it. ``partner_id``
        is the buyer, or empty for a visitor; the transaction is the request's.

        :param products: ``product.product`` records, with rights
        """

    def _renew(self):
        """Let this change conflict with any other of the same list."""
        self.version += 1
        self.flush_recordset(["version"])

    # Signing in

    @api.model
    def _merge_at_login(self, token, partner):
        """Give a visitor's list to the buyer whom the visitor turned out to be.

        Exactly once: the visitor's list ends here, and two requests conflict about it.
        """
        found = self.search(
            [
                ("token", "=", token),
                ("partner_id", "=", False),
                ("sent_at", "=", False),
            ]
        )
        if not found:
            return
        found._renew()
        own = self._find_open(found.website_id, partner, "")
        if own:
            found._merge_into(own)
        else:
            found.partner_id = partner
            found.flush_recordset()

    def _merge_into(self, other):
        """Add this list to another one of the same website; this one ends."""
        self.ensure_one()
        other._renew()
        room = MOST_LINES - len(other.line_ids)
        for line in self.line_ids:
            same = other.line_ids._find_same(line.product_id, line.uom_id)
            if same:
                same._put_more(line.quantity)
                same.note = same.note or line.note
            elif room > 0:
                line.list_id = other
                room -= 1
        self.invalidate_recordset(["line_ids"])
        self.unlink()

    # Forgetting

    @api.autovacuum
    def _gc_inquiry_lists(self):
        """Forget old lists of visitors, empty ones, and copies of what was sent."""
        for website in self.env["website"].sudo().search([("id", "!=", False)]):
            last = website._get_last_inquiry_moment()
            old = Domain("website_id", "=", website.id) & Domain(
                "write_date", "<", last
            )
            unused = (
                Domain("partner_id", "=", False)
                | Domain("sent_at", "!=", False)
                | Domain("line_ids", "=", False)
            )
            self.sudo().search(old & unused, limit=FORGOTTEN_AT_ONCE).unlink()
