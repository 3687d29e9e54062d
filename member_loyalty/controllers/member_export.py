from werkzeug.exceptions import NotFound
from werkzeug.wsgi import wrap_file

from odoo import http
from odoo.http import content_disposition, request
from odoo.tools import osutil

from ..wizard.member_export_background import MIMETYPE


class MemberExport(http.Controller):
    """Hands the Excel file of an export to the user who asked for it."""

    @http.route(
        "/member_loyalty/export/<int:export_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def member_export(self, export_id):
        """Download the file of one's own export; others do not learn that it exists.

        :raises AccessError: when the right to export was lost meanwhile
        """
        export = request.env["member.export"].search(
            [
                ("id", "=", export_id),
                ("create_uid", "=", request.env.uid),
                ("state", "in", ["draft", "written"]),
            ]
        )
        if not export:
            raise NotFound()
        export._check_may_export()
        name = osutil.clean_filename(export._get_file_name())
        if export.state == "written":
            return (
                request.env["ir.binary"]
                ._get_stream_from(export, "workbook", filename=name, mimetype=MIMETYPE)
                .get_response(as_attachment=True)
            )
        return http.Response(
            wrap_file(request.httprequest.environ, export._open_workbook()),
            headers=[
                ("Content-Type", MIMETYPE),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
            direct_passthrough=True,
        )
