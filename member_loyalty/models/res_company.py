from datetime import timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from odoo import api, fields, models, tools


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_member_timezone(self):
        """Return the company's time zone, that of its own address, or UTC."""
        self.ensure_one()
        try:
            return ZoneInfo(self._get_cached_member_timezone(self.id))
        except ZoneInfoNotFoundError:
            return ZoneInfo("UTC")

    @api.model
    @tools.ormcache("company_id")
    def _get_cached_member_timezone(self, company_id):
        return self.sudo().browse(company_id).partner_id.tz or "UTC"

    def _get_member_day(self, moment):
        """Return the company's calendar day of a moment.

        :param datetime moment: in UTC, without a zone, as Odoo keeps it
        """
        self.ensure_one()
        return (
            moment.replace(tzinfo=timezone.utc)
            .astimezone(self._get_member_timezone())
            .date()
        )

    def _member_today(self):
        """Return today's date where the company is."""
        self.ensure_one()
        return self._get_member_day(fields.Datetime.now())
