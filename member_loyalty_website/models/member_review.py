from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic.product_review import Purchase, decide, is_received
from ..queries import product_reviews as queries

KIND = "review"
SHOWN = 3
REMEMBERED = timedelta(days=366)
SINCE_EVER = fields.Date.to_date("1900-01-01")


class MemberReview(models.Model):
    """A review of a product that a member bought: one for each contact and product.

    The row stays when the review is edited, hidden or deleted, so that writing it once
    more earns nothing more; points that were given stay given.
    """

    _name = "member.review"
    _description = "Review that Earns Points"
    _inherit = ["member.act"]
    _order = "id desc"
    _log_access = False

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    product_tmpl_id = fields.Many2one(
        comodel_name="product.template",
        string="Product",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    rating_id = fields.Many2one(
        comodel_name="rating.rating",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Empty when it was deleted.",
    )
    stars = fields.Float(related="rating_id.rating", string="Stars", related_sudo=True)
    text = fields.Text(related="rating_id.feedback", string="Text", related_sudo=True)
    is_hidden = fields.Boolean(
        related="rating_id.is_internal", string="Hidden", related_sudo=True
    )
    moment = fields.Datetime(string="Written at", required=True, readonly=True)
    state = fields.Selection(
        selection=[
            ("waiting", "Waits for approval"),
            ("given", "Points given"),
            ("refused", "Refused"),
        ],
        string="Status",
        required=True,
        readonly=True,
    )
    points = fields.Float(digits=(16, 2), readonly=True)
    decided_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, ondelete="set null"
    )
    decided_at = fields.Datetime(readonly=True)

    _once_per_product = models.UniqueIndex(
        "(partner_id, product_tmpl_id, company_id)",
        "A contact's reviews of a product earn points once.",
    )
    _waiting = models.Index("(company_id, id) WHERE state = 'waiting'")

    @api.depends("product_tmpl_id")
    def _compute_display_name(self):
        for review in self:
            review.display_name = self.env._(
                "Review of %(product)s", product=review.product_tmpl_id.name
            )

    def _get_changing_fields(self):
        """Override of `member.act`: a decision is written once, with rights."""
        decided = {"state", "points", "decided_by_id", "decided_at"}
        return decided if self.env.su else set()

    def action_approve(self):
        """Give the points of reviews that wait or were refused.

        :raises UserError: when one was deleted or is hidden
        """
        self.check_access("write")
        for review in self.filtered(lambda one: one.state != "given"):
            if not review.rating_id or review.is_hidden:
                raise UserError(
                    self.env._(
                        "%(review)s by %(contact)s cannot be read on the website any"
                        " more. Publish it again or refuse it.",
                        review=review.display_name,
                        contact=review.partner_id.display_name,
                    )
                )
            review.sudo()._give()
        return True

    def action_refuse(self):
        """Give no points for reviews that wait."""
        self.check_access("write")
        waiting = self.filtered(lambda one: one.state == "waiting")
        waiting.sudo()._decide("refused")
        return True

    @api.model
    def _take_up(self, rating, company):
        """Write a review down when it earns points at a seller, and give them.

        :param rating: a review, with rights
        :param company: the seller
        :return: the new row; empty when there is none or was one before
        """
        rules = self.env["member.earning.rule"]
        partner, template = rating.partner_id, rating.res_id
        state = decide(rating.feedback, rules._get_review_terms(company))
        offer = rules.with_company(company)._get_event_offer(
            KIND, partner, self._get_key(partner, template)
        )
        if not state or not offer.is_open:
            return self.browse()
        if not self._find_received(partner, company, template):
            return self.browse()
        taken = queries.take_up(rating, company.id, state, 0, fields.Datetime.now())
        review = self.browse([row[0] for row in self.env.execute_query(taken)])
        if review and state == "given":
            review._give()
        return review

    def _give(self):
        """Give the points of one review."""
        self.ensure_one()
        rules = self.env["member.earning.rule"].with_company(self.company_id)
        key = self._get_key(self.partner_id, self.product_tmpl_id.id)
        entries = rules._record_event(KIND, self.partner_id, key, source=self)
        self._decide("given", sum(entries.mapped("points")))

    def _decide(self, state, points=0):
        self.write(
            {
                "state": state,
                "points": points,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )

    @api.model
    def _get_key(self, partner, template_id):
        """Return what names a review among those of all members."""
        return f"{partner.id}|{template_id}"

    @api.model
    def _find_received(self, partner, company, template_id=None):
        """Return the products that a contact's company got from a seller.

        Without a product: those of a year that the contact has not reviewed.

        :return: ids of product templates, the latest first
        """
        today = company._member_today()
        since = SINCE_EVER if template_id else today - REMEMBERED
        rows = self.env.execute_query(
            queries.purchases(self.env, partner.sudo(), company.id, since, template_id)
        )
        return [
            found_id
            for found_id, *purchase in rows
            if is_received(Purchase(*purchase), today)
        ]

    @api.model
    def _find_invitations(self, partner, company):
        """Return products that a contact may review on this website, at most three."""
        products = self.env["product.template"].browse(
            self._find_received(partner, company)
        )
        found = products.browse()
        for product in products:
            if len(found) == SHOWN:
                break
            if product.can_access_from_current_website():
                found += product
        return found
