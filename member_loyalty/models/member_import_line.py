from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools.constants import GC_UNLINK_LIMIT

from ..queries import purchase_import_report as queries
from ..queries import purchase_import_staging

DAYS_KEPT = 90


class MemberImportLine(models.Model):
    """A line of an imported file with something wrong with it."""

    _name = "member.import.line"
    _description = "Problem in an Imported File"
    _order = "import_id desc, line_number, id"
    _rec_name = "line_number"

    import_id = fields.Many2one(
        comodel_name="member.import",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="import_id.company_id")
    line_number = fields.Integer(
        string="Line",
        readonly=True,
        aggregator=None,
        help="The line of the file, the column names being line 1.",
    )
    problem = fields.Selection(
        selection=[
            ("unreadable_line", "Line cannot be taken apart"),
            ("missing_document", "Document number missing"),
            ("unreadable_date", "Unreadable date"),
            ("future_date", "Date in the future"),
            ("unreadable_number", "Unreadable number"),
            ("unknown_currency", "Unknown currency"),
            ("missing_rate", "Currency without a rate"),
            ("missing_customer", "Customer missing"),
            ("duplicate_document", "Document was imported before"),
            ("repeated_document", "Document occurs twice in the file"),
            ("customer_conflict", "Document has two customers"),
            ("currency_conflict", "Document has two currencies"),
            ("unknown_country", "Unknown country"),
            ("unreadable_email", "Unreadable mail address"),
        ],
        required=True,
        readonly=True,
    )
    is_refused = fields.Boolean(
        string="Left out",
        readonly=True,
        help="The line is not imported. Other lines are imported, but with less said.",
    )
    document = fields.Char(readonly=True)
    excerpt = fields.Char(string="What the Line Says", readonly=True)

    _by_line = models.Index("(import_id, line_number)")

    @api.autovacuum
    def _gc_old_problems(self):
        """Forget the problems of batches that nobody touched for a while."""
        before = fields.Datetime.now() - relativedelta(days=DAYS_KEPT)
        rows = self.env.execute_query(queries.old_problems(before, GC_UNLINK_LIMIT))
        self.browse(row[0] for row in rows).unlink()
        return len(rows), len(rows) == GC_UNLINK_LIMIT

    @api.autovacuum
    def _gc_forgotten_checks(self):
        """Forget what a file said that was checked long ago and never imported.

        The batch stays and can be checked again.
        """
        before = fields.Datetime.now() - relativedelta(days=DAYS_KEPT)
        batches = self.env["member.import"].search(
            [("state", "=", "checked"), ("write_date", "<", before)]
        )
        for batch in batches:
            self.env.execute_query(purchase_import_staging.forget_parts(batch.id))
        batches.state = "draft"
