from werkzeug.exceptions import NotFound
from werkzeug.wsgi import wrap_file

from odoo import http
from odoo.http import content_disposition, request
from odoo.tools import osutil

from ..wizard.member_export_background import MIMETYPE


class MemberBenefitRanking(http.Controller):
    """Hands a ranking of benefits as an Excel file to the officer who made it."""

    @http.route(
        "/member_loyalty/benefit_ranking/<int:ranking_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def member_benefit_ranking(self, ranking_id):
        """Download a ranking; others do not learn that it exists.

        :raises AccessError: without the right to compare benefits, or to export
        """
        rankings = request.env["member.benefit.ranking"]
        rankings._check_may_export()
        ranking = rankings.search([("id", "=", ranking_id)], limit=1)
        if not ranking or ranking.create_uid != request.env.user:
            raise NotFound()
        name = osutil.clean_filename(ranking._get_file_name())
        return http.Response(
            wrap_file(request.httprequest.environ, ranking._open_workbook()),
            headers=[
                ("Content-Type", MIMETYPE),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
            direct_passthrough=True,
        )
