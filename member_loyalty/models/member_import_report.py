from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from ..queries import purchase_import_report as queries


class MemberImportReport(models.AbstractModel):
    """What a check found and an import did, in figures and in words."""

    _name = "member.import.report"
    _description = "Report of an Import"

    line_count = fields.Integer(string="Lines", readonly=True, copy=False)
    refused_line_count = fields.Integer(
        string="Lines with a Problem", readonly=True, copy=False
    )
    left_out_line_count = fields.Integer(
        string="Lines That Are Not Goods", readonly=True, copy=False
    )
    document_count = fields.Integer(string="New Documents", readonly=True, copy=False)
    empty_document_count = fields.Integer(
        string="Worth Nothing",
        readonly=True,
        copy=False,
        help="New documents that sum up to zero. They are not recorded.",
    )
    partial_document_count = fields.Integer(
        string="In Part",
        readonly=True,
        copy=False,
        help="New documents of which some lines have a problem. They are recorded"
        " without those lines.",
    )
    known_document_count = fields.Integer(
        string="Imported Before", readonly=True, copy=False
    )
    conflicting_document_count = fields.Integer(
        string="Contradictory",
        readonly=True,
        copy=False,
        help="Documents with two customers or two currencies. They are left out.",
    )
    first_day = fields.Date(string="From", readonly=True, copy=False)
    last_day = fields.Date(string="To", readonly=True, copy=False)
    customer_by_ref_count = fields.Integer(
        string="Found by Reference", readonly=True, copy=False
    )
    customer_by_mail_count = fields.Integer(
        string="Found by Mail", readonly=True, copy=False
    )
    customer_by_name_count = fields.Integer(
        string="Found by Name", readonly=True, copy=False
    )
    customer_new_count = fields.Integer(
        string="To Be Created", readonly=True, copy=False
    )
    currency_totals = fields.Json(readonly=True, copy=False)
    problem_totals = fields.Json(readonly=True, copy=False)
    report = fields.Html(compute="_compute_report", sanitize=False)
    problem_count = fields.Integer(compute="_compute_problem_count")

    @api.depends("currency_totals", "problem_totals")
    def _compute_report(self):
        for batch in self:
            batch.report = batch._get_sum_table() + batch._get_problem_table()

    @api.depends("problem_totals")
    def _compute_problem_count(self):
        for batch in self:
            batch.problem_count = sum(
                total["lines"] for total in batch.problem_totals or []
            )

    def action_open_problems(self):
        """Open the list of problems, to filter, group and export."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_import_line_action"
        )
        action["domain"] = [("import_id", "=", self.id)]
        return action

    def action_open_activities(self):
        """Open what this batch wrote into the journal."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_activity_action"
        )
        action["domain"] = [
            ("source_model", "=", "member.import"),
            ("source_id", "=", self.id),
        ]
        action["context"] = {}
        return action

    @api.model
    def _get_no_figures(self):
        """Return the values of a report about nothing."""
        names = (
            "line_count", "refused_line_count", "left_out_line_count",
            "document_count", "empty_document_count", "partial_document_count",
            "known_document_count", "conflicting_document_count",
            "customer_by_ref_count", "customer_by_mail_count",
            "customer_by_name_count", "customer_new_count",
        )  # fmt: skip
        return dict.fromkeys(names, 0) | {
            "first_day": False,
            "last_day": False,
            "currency_totals": [],
            "problem_totals": [],
        }

    def _count(self):
        """Count documents, customers, sums and problems of the checked file."""
        self.ensure_one()
        [(new, empty, partial, known, conflicting, first_day, last_day)] = (
            self.env.execute_query(queries.document_figures(self.id))
        )
        customers = dict(self.env.execute_query(queries.customer_figures(self.id)))
        shift = timedelta(days=self.moved_days)
        self.write(
            {
                "document_count": new,
                "empty_document_count": empty,
                "partial_document_count": partial,
                "known_document_count": known,
                "conflicting_document_count": conflicting,
                "first_day": first_day and first_day + shift,
                "last_day": last_day and last_day + shift,
                "customer_by_ref_count": customers.get("ref", 0),
                "customer_by_mail_count": customers.get("mail", 0),
                "customer_by_name_count": customers.get("name", 0),
                "customer_new_count": customers.get("", 0),
                "currency_totals": self._get_currency_totals(),
                "problem_totals": self._get_problem_totals(),
            }
        )

    def _get_currency_totals(self):
        """Return the sums of the new documents by currency; amounts as text."""
        return [
            {
                "currency": currency,
                "documents": documents,
                "purchases": str(purchases),
                "cancellations": str(cancellations),
                "net": str(net),
            }
            for currency, documents, purchases, cancellations, net in (
                self.env.execute_query(queries.currency_totals(self.id))
            )
        ]

    def _get_problem_totals(self):
        """Return the number of lines by problem."""
        return [
            {"problem": problem, "refused": refused, "lines": lines, "first": first}
            for problem, refused, lines, first in self.env.execute_query(
                queries.problem_figures(self.id)
            )
        ]

    def _get_problem_labels(self):
        """Return the words for the kinds of problems."""
        field = self.env["member.import.line"]._fields["problem"]
        return dict(field._description_selection(self.env))

    def _get_sum_table(self):
        """Return the sums by currency as a table."""
        rows = [
            (
                total["currency"],
                total["documents"],
                *(
                    formatLang(self.env, float(total[name]))
                    for name in ("purchases", "cancellations", "net")
                ),
            )
            for total in self.currency_totals or []
        ]
        return self._get_table(
            (
                self.env._("Currency"),
                self.env._("Documents"),
                self.env._("Purchases"),
                self.env._("Cancellations"),
                self.env._("Together"),
            ),
            rows,
        )

    def _get_problem_table(self):
        """Return the problems by kind as a table."""
        labels = self._get_problem_labels()
        left_out = self.env._("left out")
        rows = [
            (
                labels[total["problem"]],
                total["lines"],
                left_out if total["refused"] else "",
                total["first"],
            )
            for total in self.problem_totals or []
        ]
        return self._get_table(
            (
                self.env._("Problem"),
                self.env._("Lines"),
                "",
                self.env._("First in Line"),
            ),
            rows,
        )

    @api.model
    def _get_table(self, header, rows):
        """Return a plain table; nothing when it has no rows."""
        if not rows:
            return Markup()
        head = Markup().join(Markup("<th>%s</th>") % cell for cell in header)
        body = Markup().join(
            Markup("<tr>%s</tr>")
            % Markup().join(Markup("<td>%s</td>") % cell for cell in row)
            for row in rows
        )
        return Markup(
            '<table class="table table-sm o_member_import_table">'
            "<thead><tr>%s</tr></thead><tbody>%s</tbody></table>"
        ) % (head, body)

    def _say_checked(self):
        """Keep the result of the check in the chatter."""
        self.ensure_one()
        self._say(
            self.env._(
                "Checked: %(lines)s lines, %(documents)s new documents from %(first)s"
                " to %(last)s, %(known)s imported before, %(customers)s customers to"
                " be created, %(refused)s lines with a problem.",
                lines=self.line_count,
                documents=self.document_count,
                first=format_date(self.env, self.first_day) or "-",
                last=format_date(self.env, self.last_day) or "-",
                known=self.known_document_count,
                customers=self.customer_new_count,
                refused=self.refused_line_count,
            )
        )

    def _say_stopped(self, error):
        """Keep in the chatter why a batch could not go on; it can be tried again."""
        self.ensure_one()
        self.state = "draft"
        self._say(self.env._("Stopped: %(reason)s", reason=str(error)))

    def _say(self, text):
        """Keep a line in the chatter, without mail to anybody."""
        self.ensure_one()
        self.message_post(body=text, subtype_xmlid="mail.mt_note")
