from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from odoo import api, fields, models
from odoo.tools import format_date

from ..logic.check_in import CalendarDay, CheckIn, decide
from ..queries import check_ins as queries

KIND = "check_in"


class MemberCheckIn(models.Model):
    """A contact came by on a day, and got points for it.

    Append-only. Days are those of the contact's time zone; of one contact and seller
    they never overlap.
    """

    _name = "member.check.in"
    _description = "Daily Check-in"
    _inherit = ["member.act"]
    _order = "day desc, id desc"
    _log_access = False

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    day = fields.Date(
        required=True, readonly=True, help="By the calendar where the contact was."
    )
    moment = fields.Datetime(string="Checked in at", required=True, readonly=True)
    timezone = fields.Char(string="Time Zone", required=True, readonly=True)
    day_begins_at = fields.Datetime(required=True, readonly=True)
    day_ends_at = fields.Datetime(required=True, readonly=True)
    streak = fields.Integer(string="Days in a Row", required=True, readonly=True)
    points = fields.Float(digits=(16, 2), required=True, readonly=True)

    _once_a_day = models.UniqueIndex(
        "(partner_id, company_id, day)", "A member checks in once a day."
    )
    _days_apart = models.Constraint(
        "EXCLUDE USING gist ("
        "int4range(partner_id, partner_id, '[]') WITH &&, "
        "int4range(company_id, company_id, '[]') WITH &&, "
        "tsrange(day_begins_at, day_ends_at) WITH &&)",
        "Days that a member checks in on do not overlap.",
    )

    @api.depends("day")
    def _compute_display_name(self):
        for check_in in self:
            check_in.display_name = self.env._(
                "Check-in on %(day)s", day=format_date(self.env, check_in.day)
            )

    @api.model
    def _check_in(self, partner, company, at=None):
        """Check a contact in for the day, and give the points of it.

        :param partner: the contact
        :param company: whose website it is
        :param datetime at: when, in UTC; now unless given
        :return: the check-in; empty when nothing is given for it, or the day is taken
        """
        now = at or fields.Datetime.now()
        verdict, offer, _last = self._get_standing(partner, company, now)
        if not verdict.may or not offer.is_open:
            return self.browse()
        rows = self.env.execute_query(
            queries.record(
                partner.id,
                company.id,
                now,
                self._get_timezone(partner, company).key,
                verdict,
                offer.points,
            )
        )
        check_in = self.sudo().browse([check_in_id for (check_in_id,) in rows])
        if check_in:
            self.env["member.earning.rule"].with_company(company)._record_event(
                KIND, partner, self._get_key(partner, verdict), now, source=check_in
            )
        return check_in

    @api.model
    def _get_standing(self, partner, company, moment):
        """Return whether a contact may check in, what for, and the last time.

        :param datetime moment: now, in UTC
        :return: the ``Verdict`` of ``logic.check_in``, what that check-in earns as
            ``EventOffer``, and the day and points of the last one or None
        """
        zone = self._get_timezone(partner, company)
        rows = self.env.execute_query(
            queries.last_check_in(self.env, partner.id, company.id)
        )
        last = rows and CheckIn(CalendarDay(*rows[0][:3]), rows[0][3], rows[0][4])
        verdict = decide(last or None, moment, zone)
        offer = (
            self.env["member.earning.rule"]
            .with_company(company)
            ._get_event_offer(KIND, partner, at=max(moment, verdict.day.begins_at))
        )
        return verdict, offer, (rows[0][0], rows[0][5]) if rows else None

    @api.model
    def _get_key(self, partner, verdict):
        """Return what names a check-in among those of all members."""
        return f"{partner.id}|{verdict.day.date}"

    @api.model
    def _get_timezone(self, partner, company):
        """Return where a contact is: their own time zone, else the seller's."""
        try:
            return ZoneInfo(partner.sudo().tz or "")
        except (ZoneInfoNotFoundError, ValueError):
            return company._get_member_timezone()
