from werkzeug.exceptions import NotFound
from werkzeug.wsgi import wrap_file

from odoo import http
from odoo.http import content_disposition, request
from odoo.tools import osutil

from ..wizard.member_export_background import MIMETYPE


class MemberSimulation(http.Controller):
    """Hands the Excel file of a simulation to users who see the simulation."""

    @http.route(
        "/member_loyalty/simulation/<int:simulation_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def member_simulation(self, simulation_id):
        """Download a simulation; others do not learn that it exists.

        :raises AccessError: without the right to export
        """
        simulation = request.env["member.simulation"].search(
            [("id", "=", simulation_id), ("state", "=", "done")]
        )
        if not simulation:
            raise NotFound()
        simulation._check_may_export()
        name = osutil.clean_filename(simulation._get_file_name())
        return http.Response(
            wrap_file(request.httprequest.environ, simulation._open_workbook()),
            headers=[
                ("Content-Type", MIMETYPE),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
            direct_passthrough=True,
        )
