from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import hmac

from ..logic.share_visit import is_genuine
from ..queries import shares as queries
from .member_share import KIND

KEPT = relativedelta(months=6)
EARNING_VISITORS_OF_AN_ADDRESS = 3
A_DAY = 24 * 60  # minutes
FORGOTTEN_AT_ONCE = 10_000


class MemberShareVisit(models.Model):
    """Somebody came by a shared link: once for each visitor, link and day.

    The visitor is a hash that changes every day: it tells visits of one day apart and
    follows nobody. Kept for six months.
    """

    _name = "member.share.visit"
    _description = "Visit by a Shared Link"
    _inherit = ["member.act"]
    _order = "id desc"
    _rec_name = "day"
    _log_access = False

    share_id = fields.Many2one(
        comodel_name="member.share",
        string="Link",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(related="share_id.partner_id", string="Shared by")
    product_tmpl_id = fields.Many2one(
        related="share_id.product_tmpl_id", string="Product"
    )
    company_id = fields.Many2one(related="share_id.company_id")
    visitor = fields.Char(required=True, readonly=True, groups="base.group_system")
    day = fields.Date(
        required=True, readonly=True, index=True, help="By the company's calendar."
    )
    moment = fields.Datetime(string="Came at", required=True, readonly=True)
    points = fields.Float(digits=(16, 2), readonly=True)

    _once_a_day = models.UniqueIndex(
        "(share_id, day, visitor)", "A visitor counts once a day for each link."
    )

    def _get_changing_fields(self):
        """Override of `member.act`: the points are written once, with rights."""
        return {"points"} if self.env.su else set()

    @api.model
    def _count(self, share, visitor, address):
        """Write down that somebody came by a link, and give points for it.

        :param share: the link, with rights
        :param visitor: ``Visitor`` of ``logic.share_visit``
        :param str address: of the visitor in the network; not kept. So many visitors
            of one address bring a sharer points in a day, and no more
        :return: the visit; empty when it does not count, or counted before
        """
        if not is_genuine(visitor, share._get_sharer()):
            return self.browse()
        company = share.company_id
        rules = self.env["member.earning.rule"]._find_company_rules(KIND, company)
        if not rules:
            return self.browse()
        day, now = company._member_today(), fields.Datetime.now()
        hashed = hmac(self.env(su=True), KIND, (visitor.device, str(day)))
        rows = self.env.execute_query(queries.record_visit(share.id, hashed, day, now))
        visit = self.sudo().browse([visit_id for (visit_id,) in rows])
        limit = max(rules.mapped("share_visits_a_day"))
        if visit and visit._is_within(limit) and visit._takes_address(address):
            visit._reward(f"{share.id}|{day}|{hashed[:32]}")
        return visit

    def _is_within(self, limit):
        """Tell whether one more visit of the day earns points for the sharer.

        Two that come at once both change the sharer's card: one of them is run again,
        and counts again.
        """
        share = self.share_id
        [(count,)] = self.env.execute_query(
            queries.earned_visits(
                self.env, share.partner_id.id, share.company_id.id, self.day
            )
        )
        return count < limit

    def _takes_address(self, address):
        """Tell whether an address may bring the sharer points once more today."""
        return self.env["member.attempt"]._take(
            "share_earning",
            f"{self.share_id.partner_id.id}:{address}",
            EARNING_VISITORS_OF_AN_ADDRESS,
            A_DAY,
        )

    def _reward(self, key):
        """Give the points of a visit."""
        rules = self.env["member.earning.rule"].with_company(self.company_id)
        entries = rules._record_event(
            KIND, self.partner_id, key, at=self.moment, source=self.share_id
        )
        self.points = sum(entries.mapped("points"))

    @api.autovacuum
    def _gc_visits(self):
        """Forget visits of more than six months ago."""
        last = fields.Date.today() - KEPT
        old = self.sudo().search([("day", "<", last)], limit=FORGOTTEN_AT_ONCE)
        found = len(old)
        old.unlink()
        return found, found == FORGOTTEN_AT_ONCE
