import json

from odoo.http import content_disposition, request, route

from .member_portal import MemberPortal

DOWNLOADS, MINUTES = 5, 60


class MemberData(MemberPortal):
    """Buyers take away what the membership keeps of them."""

    @route(
        "/my/membership/data.json",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        multilang=False,
        sitemap=False,
    )
    def download_member_data(self, **_parameters):
        """Serve the buyer's own data as a file; a few times an hour."""
        partner = request.env.user.partner_id
        attempts = request.env["member.attempt"].sudo()
        if not attempts._take("data", partner.id, DOWNLOADS, MINUTES):
            return request.redirect("/my/membership/settings?said=too_often")
        data = request.env["member.personal.data"]._collect(
            partner, self._get_company()
        )
        return request.make_response(
            json.dumps(data, ensure_ascii=False, indent=1),
            [
                ("Content-Type", "application/json; charset=utf-8"),
                ("Content-Disposition", content_disposition("membership.json")),
                ("Cache-Control", "private, no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
