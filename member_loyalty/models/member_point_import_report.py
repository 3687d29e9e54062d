from decimal import Decimal

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import formatLang

from ..queries import point_import as queries


class MemberPointImportReport(models.AbstractModel):
    """What a check found, what was booked, and whether that agrees to the point."""

    _name = "member.point.import.report"
    _description = "Report of Opening Balances"

    line_count = fields.Integer(string="Rows Read", readonly=True, copy=False)
    good_count = fields.Integer(string="Rows to Book", readonly=True, copy=False)
    refused_count = fields.Integer(string="Rows Left Out", readonly=True, copy=False)
    total_points = fields.Float(
        string="Points in the Source", digits=(16, 2), readonly=True, copy=False
    )
    good_points = fields.Float(
        string="Points to Book", digits=(16, 2), readonly=True, copy=False
    )
    refused_points = fields.Float(
        string="Points Left Out", digits=(16, 2), readonly=True, copy=False
    )
    booked_count = fields.Integer(string="Entries", readonly=True, copy=False)
    booked_points = fields.Float(
        string="Points Booked", digits=(16, 2), readonly=True, copy=False
    )
    undone_points = fields.Float(
        string="Points Taken Back", digits=(16, 2), readonly=True, copy=False
    )
    spent_points = fields.Float(
        string="Spent Before the Undoing", digits=(16, 2), readonly=True, copy=False
    )
    problem_totals = fields.Json(readonly=True, copy=False)
    difference = fields.Float(
        digits=(16, 2),
        compute="_compute_difference",
        help="Points in the source, less those booked (or to book), less those left"
        " out. Anything but zero would be a fault.",
    )
    progress = fields.Float(compute="_compute_progress")
    report = fields.Html(compute="_compute_report")

    @api.depends("total_points", "good_points", "refused_points", "booked_points")
    def _compute_difference(self):
        for batch in self:
            is_booked = batch.state in ("done", "undone")
            taken = batch.booked_points if is_booked else batch.good_points
            batch.difference = batch.total_points - batch.refused_points - taken

    @api.depends("good_count", "booked_count")
    def _compute_progress(self):
        for batch in self:
            total = batch.good_count or 1
            batch.progress = 100 * min(batch.booked_count / total, 1)

    @api.depends("problem_totals", "state")
    def _compute_report(self):
        labels = dict(
            self.env["member.point.import.line"]
            ._fields["problem"]
            ._description_selection(self.env)
        )
        for batch in self:
            rows = [
                (
                    labels[total["problem"]],
                    total["rows"],
                    formatLang(self.env, float(total["points"])),
                )
                for total in batch.problem_totals or []
            ]
            batch.report = self._get_problem_table(rows)

    @api.model
    def _get_problem_table(self, rows):
        """Return the problems by kind as a table; nothing when there are none."""
        if not rows:
            return Markup()
        head = Markup("<th>%s</th><th>%s</th><th>%s</th>") % (
            self.env._("Left out because"),
            self.env._("Rows"),
            self.env._("Points"),
        )
        body = Markup().join(
            Markup("<tr><td>%s</td><td>%s</td><td>%s</td></tr>") % row for row in rows
        )
        return Markup(
            '<table class="table table-sm"><thead><tr>%s</tr></thead>'
            "<tbody>%s</tbody></table>"
        ) % (head, body)

    def _count(self):
        """Sum up the rows of the check."""
        self.ensure_one()
        found = self.env.execute_query(queries.figures(self.id))
        good = [row for row in found if row[0] != "refused"]
        refused = [row for row in found if row[0] == "refused"]
        self.write(
            {
                "line_count": sum(row[2] for row in found),
                "good_count": sum(row[2] for row in good),
                "refused_count": sum(row[2] for row in refused),
                "total_points": sum(Decimal(row[3]) for row in found),
                "good_points": sum(Decimal(row[3]) for row in good),
                "refused_points": sum(Decimal(row[3]) for row in refused),
                "problem_totals": [
                    {"problem": problem, "rows": rows, "points": points}
                    for _state, problem, rows, points in refused
                ],
            }
        )

    def _count_booked(self):
        """Sum up what the account holds of this batch."""
        self.ensure_one()
        [(count, points)] = self.env.execute_query(queries.booked_points(self.id))
        self.write({"booked_count": count, "booked_points": Decimal(points)})

    def action_open_rows(self):
        """Open the list of rows, to filter, group and export."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_point_import_line_action"
        )
        action["domain"] = [("import_id", "=", self.id)]
        return action

    def action_open_entries(self):
        """Open what this batch booked and took back."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_point_entry_action"
        )
        action["domain"] = [
            ("source_model", "=", "member.point.import"),
            ("source_id", "=", self.id),
        ]
        action["context"] = {}
        return action

    def _say_checked(self):
        """Keep the result of the check in the chatter."""
        self._say(
            self.env._(
                "Checked: %(rows)s rows with %(total)s points; %(good)s points of"
                " %(good_rows)s rows can be booked, %(refused)s points of"
                " %(refused_rows)s rows cannot.",
                rows=self.line_count,
                total=formatLang(self.env, self.total_points),
                good=formatLang(self.env, self.good_points),
                good_rows=self.good_count,
                refused=formatLang(self.env, self.refused_points),
                refused_rows=self.refused_count,
            )
        )

    def _say_booked(self):
        """Keep the reconciliation in the chatter."""
        self._say(
            self.env._(
                "Booked: %(booked)s points in %(entries)s entries. Source %(total)s ="
                " booked %(booked)s + left out %(refused)s; difference %(difference)s.",
                booked=formatLang(self.env, self.booked_points),
                entries=self.booked_count,
                total=formatLang(self.env, self.total_points),
                refused=formatLang(self.env, self.refused_points),
                difference=formatLang(self.env, self.difference),
            )
        )

    def _say(self, text):
        """Keep a line in the chatter, without mail to anybody."""
        self.ensure_one()
        self.message_post(body=text, subtype_xmlid="mail.mt_note")
