import re

from odoo import api, fields, models
from odoo.tools import consteq, hmac

from ..logic.share_visit import Sharer
from ..queries import shares as queries

KIND = "sharing"
SIGNATURE_LENGTH = 32  # of 64 hexadecimal digits: 128 bits
TOKEN = re.compile(rf"([1-9][0-9]{{0,8}})-([0-9a-f]{{{SIGNATURE_LENGTH}}})")


class MemberShare(models.Model):
    """A contact's own link to a product.

    The link names this row and is signed; it says nothing of the contact. A new version
    makes the links given out so far worthless.
    """

    _name = "member.share"
    _description = "Shared Link"
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
    version = fields.Integer(required=True, readonly=True, default=1)
    device = fields.Char(
        readonly=True,
        groups="base.group_system",
        help="A hash of the browser that asked for the link: its visits do not count.",
    )
    moment = fields.Datetime(string="Shared at", required=True, readonly=True)
    visit_ids = fields.One2many(
        comodel_name="member.share.visit", inverse_name="share_id", string="Visits"
    )
    visit_count = fields.Integer(string="Number of Visits", compute="_compute_visits")
    visit_points = fields.Float(
        string="Points by Visits", digits=(16, 2), compute="_compute_visits"
    )

    _one_per_product = models.UniqueIndex(
        "(partner_id, product_tmpl_id, company_id)",
        "A contact has one link for each product.",
    )

    @api.depends("product_tmpl_id")
    def _compute_display_name(self):
        for share in self:
            share.display_name = self.env._(
                "Link to %(product)s", product=share.product_tmpl_id.name
            )

    @api.depends("visit_ids.points")
    def _compute_visits(self):
        figures = {
            share: (count, points)
            for share, count, points in self.env["member.share.visit"]._read_group(
                [("share_id", "in", self.ids)],
                ["share_id"],
                ["__count", "points:sum"],
            )
        }
        for share in self:
            share.visit_count, share.visit_points = figures.get(share, (0, 0))

    def _get_changing_fields(self):
        """Override of `member.act`: the version changes, with rights."""
        return {"version"} if self.env.su else set()

    def action_renew(self):
        """Make the links that were given out so far worthless."""
        self.check_access("write")
        for share in self.sudo():
            share.version += 1
        return True

    @api.model
    def _open(self, partner, product, company, device):
        """Return the link of a contact to a product, a new one when there is none.

        :param str device: a hash of the browser that asks for it
        """
        now = fields.Datetime.now()
        [(share_id,)] = self.env.execute_query(
            queries.open_share(partner.id, product.id, company.id, device, now)
        )
        return self.sudo().browse(share_id)

    @api.model
    def _get_offer(self, partner, company):
        """Return what a visit by a link would earn.

        :rtype: logic.point_events.EventOffer
        """
        rules = self.env["member.earning.rule"].with_company(company)
        return rules._get_event_offer(KIND, partner)

    @api.model
    def _say_offer(self):
        """Return what a visit would earn for the buyer on this website, in words."""
        user, website = self.env.user, self.env["website"].get_current_website()
        company = website.company_id
        if user._is_public() or not self.env["member.centre"]._has_act(KIND, company):
            return ""
        rules = self.env["member.earning.rule"].sudo()
        points = self._get_offer(user.partner_id.sudo(), company).points
        return rules._say_points(float(points)) if points else ""

    def _get_path(self):
        """Return the address of the link on its website."""
        return f"/m/s/{self._get_token()}"

    def _get_token(self):
        self.ensure_one()
        return f"{self.id}-{self._sign()}"

    def _sign(self):
        signed = (self.id, self.product_tmpl_id.id, self.version)
        return hmac(self.env(su=True), KIND, signed)[:SIGNATURE_LENGTH]

    @api.model
    def _find_by_token(self, token, company):
        """Return the link that a token belongs to; empty for forged and old ones."""
        found = TOKEN.fullmatch(token or "")
        share = self.sudo().browse(int(found[1]) if found else 0)
        share = share.exists() if found else share.browse()
        if share.company_id != company or not share:
            return share.browse()
        return share if consteq(found[2], share._sign()) else share.browse()

    def _get_sharer(self):
        """Return who shared the link, as ``Sharer`` of ``logic``."""
        self.ensure_one()
        partner = self.partner_id
        return Sharer(partner.id, partner.commercial_partner_id.id, self.device or "")
