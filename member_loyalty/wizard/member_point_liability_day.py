from odoo import api, fields, models
from odoo.exceptions import UserError

from ..queries import point_liability


class MemberPointLiabilityDay(models.TransientModel):
    """Tells what was owed in points at the end of a day in the past."""

    _name = "member.point.liability.day"
    _description = "Points Owed on a Day"
    _rec_name = "day"

    day = fields.Date(
        string="As of the End of",
        required=True,
        default=lambda self: self._default_day(),
    )
    program_ids = fields.Many2many(
        comodel_name="member.program",
        string="Programs",
        required=True,
        default=lambda self: self._default_program_ids(),
    )
    line_ids = fields.One2many(
        comodel_name="member.point.liability.day.line", inverse_name="day_id"
    )

    @api.model
    def _default_day(self):
        today = self.env.company._member_today()
        return fields.Date.subtract(fields.Date.start_of(today, "month"), days=1)

    @api.model
    def _default_program_ids(self):
        return self.env["member.program"].search(
            ["|", ("wallet_id", "!=", False), ("stored_value_id", "!=", False)],
            limit=100,
        )

    def action_show(self):
        """Compute what was owed and open it.

        :raises UserError: for a day that is not over
        """
        self.ensure_one()
        self.line_ids.unlink()
        for program in self.program_ids:
            self._write_lines(program)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Points Owed on %(day)s", day=self.day),
            "res_model": "member.point.liability.day.line",
            "view_mode": "pivot,graph,list",
            "domain": [("day_id", "=", self.id)],
        }

    def _write_lines(self, program):
        """Write what a program owed, a line for each month of expiry."""
        program.check_access("read")
        if self.day > program.company_id._member_today():
            raise UserError(
                self.env._(
                    "%(day)s has not come yet. Choose today or a day in the past.",
                    day=self.day,
                )
            )
        as_of = program._get_end_of_day(self.day)
        query = point_liability.write_day(self.env, self.id, program.id, as_of)
        self.env.flush_all()
        self.env.execute_query(query)
        self.env["member.point.liability.day.line"].invalidate_model()
        self.invalidate_recordset(["line_ids"])
