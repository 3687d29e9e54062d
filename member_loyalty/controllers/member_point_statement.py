from werkzeug.exceptions import NotFound
from werkzeug.wsgi import wrap_file

from odoo import http
from odoo.http import content_disposition, request
from odoo.tools import osutil

from ..wizard.member_export_background import MIMETYPE


class MemberPointStatement(http.Controller):
    """Hands a statement of points as an Excel file to users who see the member."""

    @http.route(
        "/member_loyalty/statement/<int:statement_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def member_point_statement(self, statement_id):
        """Download a statement; others do not learn that it exists.

        :raises AccessError: without the right to see members, or to export
        """
        statement = (
            request.env["member.point.statement"]
            .with_context(active_test=False)
            .search([("id", "=", statement_id)], limit=1)
        )
        if not statement:
            raise NotFound()
        statement._check_may_export()
        name = osutil.clean_filename(statement._get_file_name())
        return http.Response(
            wrap_file(request.httprequest.environ, statement._open_workbook()),
            headers=[
                ("Content-Type", MIMETYPE),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
            direct_passthrough=True,
        )
