import tempfile
from contextlib import ExitStack

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import get_lang

from ..logic.workbook import Column
from ..report.member_workbook import MemberWorkbook

CHUNK_SIZE = 5_000
MOST_LINES = 200_000
PARTNER_FIELDS = ("complete_name", "email", "country_id")


class MemberSimulationExport(models.AbstractModel):
    """The Excel file of a simulation: members, tiers, and what it is about."""

    _name = "member.simulation.export"
    _description = "Export of a Simulation"

    def action_export(self):
        """Download everybody for whom something changes, and the totals.

        :raises AccessError: without the right to export
        """
        self.ensure_one()
        self._check_may_export()
        self._check_size()
        return {
            "type": "ir.actions.act_url",
            "url": f"/member_loyalty/simulation/{self.id}",
            "target": "download",
        }

    def _check_may_export(self):
        """Let users pass that may export and see simulations.

        :raises AccessError: for the others
        """
        self.check_access("read")
        if not self.env.user.has_group("base.group_allow_export"):
            raise AccessError(
                self.env._(
                    "You may not export. An administrator can give you the right in"
                    " your user settings, under Export."
                )
            )

    def _check_size(self):
        """Let simulations pass that can be written while somebody waits.

        :raises UserError: for the others
        """
        if self.line_count > MOST_LINES:
            raise UserError(
                self.env._(
                    "%(count)s members are too many for one file. Open them, filter"
                    " the list, choose what you need and export it from there.",
                    count=self.line_count,
                )
            )

    def _get_file_name(self):
        """Return the name of the file."""
        return self.env._("Simulation %(name)s.xlsx", name=self.display_name)

    def _open_workbook(self):
        """Write the workbook to a temporary place.

        :return: the file, open for reading; it is gone when closed
        """
        self.ensure_one()
        self._check_size()
        with ExitStack() as on_failure:
            file = on_failure.enter_context(tempfile.TemporaryFile())
            self._write_workbook(file)
            file.seek(0)
            on_failure.pop_all()
        return file

    def _write_workbook(self, file):
        """Write the simulation as a workbook.

        :param file: a path, or a file that is open for writing in binary
        """
        self.ensure_one()
        with MemberWorkbook(
            file,
            decimal_places=self.currency_id.decimal_places,
            right_to_left=get_lang(self.env).direction == "rtl",
        ) as workbook:
            workbook.add_table(
                self.env._("Members"), self._get_line_columns(), self._get_line_rows()
            )
            workbook.add_table(
                self.env._("Tiers"), self._get_tier_columns(), self._get_tier_rows()
            )
            workbook.add_facts(self.env._("About"), self._get_facts())

    def _get_line_columns(self):
        """Return the columns of the members, in the language of the environment."""
        currency = self.currency_id.name
        return [
            Column("member", self.env._("Member"), "text", 34),
            Column("email", self.env._("Email"), "text", 30),
            Column("country", self.env._("Country"), "text", 20),
            Column("now", self.env._("Now"), "text", 14),
            Column("in_force", self.env._("Rules in Force"), "text", 14),
            Column("draft", self.env._("Draft"), "text", 14),
            Column("move", self.env._("Compared with Now"), "text", 18),
            Column(
                "change", self.env._("Compared with the Rules in Force"), "text", 18
            ),
            Column(
                "revenue",
                self.env._("Purchases (%(currency)s)", currency=currency),
                "amount",
                18,
            ),
            Column(
                "cost",
                self.env._("Change in Benefit Cost (%(currency)s)", currency=currency),
                "amount",
                18,
            ),
        ]

    def _get_line_rows(self):
        """Give the rows of the members, chunk by chunk, in little memory."""
        lines = self.env["member.simulation.line"]
        labels = {
            name: dict(lines._fields[name]._description_selection(self.env))
            for name in ("move", "change")
        }
        ids = lines.search([("simulation_id", "=", self.id)]).ids
        for start in range(0, len(ids), CHUNK_SIZE):
            chunk = lines.browse(ids[start : start + CHUNK_SIZE])
            chunk.membership_id.fetch(["partner_id"])
            chunk.membership_id.partner_id.fetch(PARTNER_FIELDS)
            for line in chunk:
                yield [
                    line.partner_id.complete_name,
                    line.partner_id.email,
                    line.country_id.name,
                    line.tier_id.name,
                    line.in_force_tier_id.name,
                    line.draft_tier_id.name,
                    labels["move"][line.move],
                    labels["change"][line.change],
                    line.revenue,
                    line.cost_change,
                ]
            self.env.invalidate_all(flush=False)

    def _get_tier_columns(self):
        """Return the columns of the totals."""
        Tier = self.env["member.simulation.tier"]
        names = {
            **dict.fromkeys(("member_count", "in_force_count"), "integer"),
            **dict.fromkeys(("draft_count", "difference"), "integer"),
            **dict.fromkeys(("revenue", "in_force_revenue"), "amount"),
            **dict.fromkeys(("draft_revenue", "in_force_cost"), "amount"),
            "draft_cost": "amount",
        }
        return [
            Column("tier_id", self.env._("Tier"), "text", 20),
            *(
                Column(name, Tier._fields[name]._description_string(self.env), kind, 18)
                for name, kind in names.items()
            ),
        ]

    def _get_tier_rows(self):
        """Give a row of totals for each tier."""
        names = [column.name for column in self._get_tier_columns()[1:]]
        for tier in self.tier_ids:
            yield [tier.tier_id.name, *(tier[name] for name in names)]

    def _get_facts(self):
        """Return what the sheet about the simulation says: label, kind, value."""
        horizons = dict(self._fields["horizon"]._description_selection(self.env))
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        return [
            (self.env._("Program"), "text", self.program_id.name),
            (self.env._("Company"), "text", self.company_id.name),
            (self.env._("Draft"), "text", self.version_id.display_name),
            (self.env._("Compared with"), "text", self.in_force_id.display_name or ""),
            (self.env._("As of"), "date", self.as_of),
            (self.env._("What Happens"), "text", horizons[self.horizon]),
            (self.env._("Members"), "integer", self.member_count),
            (self.env._("Rise"), "integer", self.risen_count),
            (self.env._("Fall"), "integer", self.fallen_count),
            (self.env._("Purchases"), "text", self.revenue_label),
            (self.env._("Change in Benefit Cost"), "amount", self.cost_change),
            (self.env._("Currency"), "text", self.currency_id.name),
            (self.env._("Exported by"), "text", self.env.user.name),
            (self.env._("Exported on"), "moment", now.replace(tzinfo=None)),
        ]
