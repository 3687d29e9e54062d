import tempfile
from contextlib import ExitStack

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.misc import get_lang

from ..logic.workbook import Column
from .member_workbook import MemberWorkbook


class MemberBenefitRankingWorkbook(models.AbstractModel):
    """A ranking of benefits as an Excel file."""

    _name = "member.benefit.ranking.workbook"
    _description = "Ranking of Benefits in Excel"

    def _check_may_export(self):
        """Let officers pass who may export from Odoo.

        :raises AccessError: for the others
        """
        self._check_may_rank()
        if not self.env.user.has_group("base.group_allow_export"):
            raise AccessError(
                self.env._(
                    "Only users with the right “Access to export feature” may take"
                    " rankings out. Ask your administrator."
                )
            )

    def _get_file_name(self):
        """Return what the file is called."""
        self.ensure_one()
        return self.env._(
            "Benefits %(program)s %(first)s %(last)s.xlsx",
            program=self.program_id.name,
            first=self.first_day,
            last=self.last_day,
        )

    def _open_workbook(self):
        """Write the ranking to a temporary place.

        :return: the file, open for reading; it is gone when closed
        """
        self.ensure_one()
        with ExitStack() as on_failure:
            file = on_failure.enter_context(tempfile.TemporaryFile())
            with MemberWorkbook(
                file,
                decimal_places=self.currency_id.decimal_places,
                right_to_left=get_lang(self.env).direction == "rtl",
            ) as workbook:
                workbook.add_table(
                    self.env._("Benefits"), self._get_columns(), self._get_rows()
                )
                workbook.add_facts(self.env._("About"), self._get_facts())
            file.seek(0)
            on_failure.pop_all()
        return file

    @api.model
    def _get_columns(self):
        """Return the columns, titled as on the screen."""
        widths = (
            ("sequence", "integer", 8),
            ("benefit_id", "text", 34),
            ("family", "text", 14),
            ("uses", "integer", 10),
            ("user_count", "integer", 10),
            ("idle_count", "integer", 14),
            ("usage_rate", "amount", 12),
            ("cost", "amount", 12),
            ("cost_per_user", "amount", 12),
            ("users_back", "amount", 14),
            ("idle_back", "amount", 14),
            ("difference", "amount", 14),
            ("low", "amount", 10),
            ("high", "amount", 10),
            ("advice", "text", 60),
        )
        labels = self.env["member.benefit.ranking.line"].fields_get(
            [name for name, _kind, _width in widths], ["string"]
        )
        return [
            Column(name, labels[name]["string"], kind, width)
            for name, kind, width in widths
        ]

    def _get_rows(self):
        """Yield the benefits; what cannot be compared stays empty."""
        families = dict(
            self.env["member.benefit"]
            ._fields["family"]
            ._description_selection(self.env)
        )
        for line in self.line_ids:
            row = {column.name: line[column.name] for column in self._get_columns()}
            row["benefit_id"] = line.benefit_id.display_name
            row["family"] = families.get(line.family)
            if not line.is_comparable:
                row["difference"] = row["low"] = row["high"] = None
            if not line.user_count:
                row["cost_per_user"] = row["users_back"] = None
            if not line.idle_count:
                row["idle_back"] = None
            yield list(row.values())

    def _get_facts(self):
        """Return what the sheet about the ranking says: label, kind, value."""
        line = self.env["member.benefit.ranking.line"].fields_get(
            ["low", "users_back", "idle_count"], ["help"]
        )
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        return [
            (self.env._("Program"), "text", self.program_id.name),
            (self.env._("Company"), "text", self.company_id.name),
            (self.env._("Currency"), "text", self.currency_id.name),
            (self.env._("Used from"), "date", self.first_day),
            (self.env._("Until"), "date", self.last_day),
            (self.env._("Bought again until"), "date", self.watched_until),
            (self.env._("Days to buy again"), "integer", self.watched_days),
            (self.env._("Low usage below (%)"), "amount", self.low_usage),
            (self.env._("Had it, did not use it"), "text", line["idle_count"]["help"]),
            (self.env._("Bought again"), "text", line["users_back"]["help"]),
            (self.env._("Confidence interval"), "text", line["low"]["help"]),
            (self.env._("Exported by"), "text", self.env.user.name),
            (self.env._("Exported on"), "moment", now.replace(tzinfo=None)),
        ]
