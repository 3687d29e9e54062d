import base64
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.member_loyalty.logic.day_end import last_day

from ..queries import purses as queries

SHOWN_EXPIRIES = 5
SHOWN_LOTS = 50
SHOWN_PENDING = 50
QR_SIDE = 480  # pixels
BARCODE_SIZE = (1000, 240)


class Share(NamedTuple):
    """A part of what is on a card, and how many rows of it are not listed."""

    rows: models.BaseModel
    more: int


class MemberPointStatement(models.Model):
    """A purse as its buyers see it: the figures are those that staff see."""

    _inherit = "member.point.statement"

    @api.model
    def _find_of_buyer(self, partner, programs):
        """Return the purses that a contact earns on and spends from, with rights.

        Each program says whether that is the company's purse or the contact's own.

        :param partner: the contact who is logged in
        :param programs: those that give points, in the order to show them
        """
        wallets = {one._get_points_policy().wallet_id: one for one in programs}
        owners = partner | partner.commercial_partner_id
        if not wallets:
            return self.sudo().browse()
        found = self.sudo().search_fetch(
            [("wallet_id", "in", list(wallets)), ("owner_id", "in", owners.ids)]
        )
        mine = found.filtered(
            lambda one: (
                wallets[one.wallet_id.id]._get_wallet_owner(partner) == one.owner_id
            )
        )
        places = list(wallets)
        return mine.sorted(lambda one: places.index(one.wallet_id.id))

    def _get_expiring(self):
        """Return on which days points expire: list of (last day, points)."""
        self.ensure_one()
        statement = queries.expiring(
            self.env, self.id, fields.Datetime.now(), SHOWN_EXPIRIES
        )
        return [
            (self._get_last_day(expires_at), points)
            for expires_at, points in self.env.execute_query(statement)
        ]

    def _get_last_day(self, expires_at):
        """Return the last day on which points can be used, None when it never ends.

        :param expires_at: naive UTC datetime or False
        """
        self.ensure_one()
        if not expires_at:
            return None
        return last_day(expires_at, self.company_id._get_member_timezone())

    def _get_reserved(self):
        """Return the points that payments under way keep, booked as spent already."""
        self.ensure_one()
        reservations = self.env["member.order.points"].search(
            [
                ("program_id", "=", self.program_id.id),
                ("reserved_until", ">", fields.Datetime.now()),
                ("order_id.state", "in", ("draft", "sent")),
                ("order_id.order_line.coupon_id", "=", self.id),
            ]
        )
        return sum(
            order._get_booked_points(self.card_id) for order in reservations.order_id
        )

    def _get_usable_lots(self):
        """Return the lots that can be used, the ones that expire first as first."""
        self.ensure_one()
        domain = fields.Domain("card_id", "=", self.id) & fields.Domain(
            "remaining", ">", 0
        )
        domain &= fields.Domain("expires_at", "=", False) | fields.Domain(
            "expires_at", ">", fields.Datetime.now()
        )
        return self._list("member.point.lot", domain, SHOWN_LOTS)

    def _get_waiting(self):
        """Return what orders have earned and cannot be used yet, the soonest first."""
        self.ensure_one()
        domain = [("card_id", "=", self.id), ("state", "=", "waiting")]
        return self._list("member.point.pending", domain, SHOWN_PENDING)

    def _list(self, model, domain, limit):
        """Return the first rows of a domain, and how many are left out."""
        rows = self.env[model].search(domain, limit=limit)
        more = self.env[model].search_count(domain) - limit if len(rows) == limit else 0
        return Share(rows, more)

    def _say_when_available(self):
        """Say what waiting points of no known day wait for."""
        self.ensure_one()
        days = self.program_id.points_available_days
        match self.program_id.points_available:
            case "paid":
                return self.env._("when the invoices are paid")
            case "invoiced":
                return self.env._("%(days)s days after the invoice", days=days)
            case "delivered":
                return self.env._("%(days)s days after the delivery", days=days)
        return self.env._("soon")

    def _say_expiry(self, day, points):
        """Say how many points expire after a day."""
        return self.env._(
            "%(points)s points can be used until %(day)s.",
            points=self.env["member.centre"]._show_points(points),
            day=format_date(self.env, day),
        )

    def _say_due(self, pending):
        """Say from when on waiting points can be used.

        :param pending: ``member.point.pending``
        """
        if not pending.due_on:
            return self._say_when_available()
        return self.env._("on %(day)s", day=format_date(self.env, pending.due_on))

    def _get_code_images(self):
        """Return the member code as pictures that need no further request.

        They are made here: an address that names the code would leave it in logs and
        in the browser's history.

        :return: {"qr": ..., "barcode": ...}, each a ``data:`` address
        """
        self.ensure_one()
        reports = self.env["ir.actions.report"]
        width, height = BARCODE_SIZE
        images = {
            "qr": reports.barcode("QR", self.code, width=QR_SIDE, height=QR_SIDE),
            "barcode": reports.barcode(
                "Code128", self.code, width=width, height=height
            ),
        }
        return {
            name: f"data:image/png;base64,{base64.b64encode(image).decode()}"
            for name, image in images.items()
        }
