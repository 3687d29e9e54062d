import tempfile
from contextlib import ExitStack

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.misc import get_lang

from ..logic.workbook import Column
from .member_workbook import MemberWorkbook

DECIMALS = 2
AT_ONCE = 1000
MOST_ENTRIES = 100_000


class MemberPointStatementWorkbook(models.AbstractModel):
    """A statement as an Excel file: movements, points by expiry, and what it is."""

    _name = "member.point.statement.workbook"
    _description = "Statement of Points in Excel"

    def _check_may_export(self):
        """Let those pass who may export from Odoo.

        :raises AccessError: for the others
        """
        self.check_access("read")
        if not self.env.user.has_group("base.group_allow_export"):
            raise AccessError(
                self.env._(
                    "Only users with the right “Access to export feature” may take"
                    " statements out. Ask your administrator."
                )
            )

    def _get_file_name(self):
        """Return what the file is called."""
        self.ensure_one()
        return self.env._(
            "Statement %(member)s %(day)s.xlsx",
            member=self.display_name,
            day=fields.Date.context_today(self),
        )

    def _open_workbook(self):
        """Write the statement to a temporary place.

        :return: the file, open for reading; it is gone when closed
        """
        self.ensure_one()
        with ExitStack() as on_failure:
            file = on_failure.enter_context(tempfile.TemporaryFile())
            self._write_workbook(file)
            file.seek(0)
            on_failure.pop_all()
        return file

    def _write_workbook(self, file):
        """Write the statement into a file that is open for writing in binary."""
        with MemberWorkbook(
            file,
            decimal_places=DECIMALS,
            right_to_left=get_lang(self.env).direction == "rtl",
        ) as workbook:
            workbook.add_table(
                self.env._("Movements"), self._get_entry_columns(), self._get_entries()
            )
            workbook.add_table(
                self.env._("Points by Expiry"),
                self._get_lot_columns(),
                self._get_lots(),
            )
            workbook.add_facts(self.env._("About"), self._get_facts())

    @api.model
    def _get_entry_columns(self):
        """Return the columns of the movements."""
        return [
            Column("date", self.env._("Date"), "moment", 18),
            Column("kind", self.env._("Kind"), "text", 16),
            Column("points", self.env._("Points"), "amount", 12),
            Column("balance", self.env._("Balance"), "amount", 12),
            Column("debt", self.env._("Owed"), "amount", 10),
            Column("source", self.env._("Source"), "text", 22),
            Column("reason", self.env._("Reason"), "text", 40),
            Column("expires", self.env._("Expire on"), "moment", 18),
            Column("who", self.env._("Who"), "text", 20),
        ]

    def _get_entries(self):
        """Yield the movements, oldest first."""
        Entry = self.env["member.point.entry"]
        kinds = dict(Entry._fields["kind"]._description_selection(self.env))
        last_id = 0
        for _turn in range(MOST_ENTRIES // AT_ONCE):
            entries = Entry.search(
                [("card_id", "=", self.id), ("id", ">", last_id)],
                order="id",
                limit=AT_ONCE,
            )
            for entry in entries:
                yield [
                    self._local(entry.date),
                    kinds[entry.kind],
                    entry.points,
                    entry.balance,
                    entry.debt,
                    entry.source_ref,
                    entry.reason,
                    self._local(entry.expires_at),
                    entry.sudo().create_uid.name,
                ]
            if len(entries) < AT_ONCE:
                return
            last_id = entries[-1].id

    @api.model
    def _get_lot_columns(self):
        """Return the columns of the lots."""
        return [
            Column("earned", self.env._("Earned on"), "moment", 18),
            Column("expires", self.env._("Expire on"), "moment", 18),
            Column("points", self.env._("Points"), "amount", 12),
            Column("remaining", self.env._("Remaining"), "amount", 12),
            Column("source", self.env._("Source"), "text", 22),
        ]

    def _get_lots(self):
        """Yield the lots that have something left, the soonest to expire first."""
        lots = self.env["member.point.lot"].search(
            [("card_id", "=", self.id), ("remaining", ">", 0)], limit=MOST_ENTRIES
        )
        for lot in lots:
            yield [
                self._local(lot.earned_at),
                self._local(lot.expires_at),
                lot.points,
                lot.remaining,
                lot.source_ref,
            ]

    def _get_facts(self):
        """Return what the sheet about the statement says: label, kind, value."""
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        return [
            (self.env._("Member"), "text", self.display_name),
            (self.env._("Card number"), "text", self.code),
            (self.env._("Program"), "text", self.program_id.name),
            (self.env._("Company"), "text", self.company_id.name),
            (self.env._("Usable points"), "amount", self.usable_points),
            (self.env._("Points on the card"), "amount", self.points),
            (self.env._("Pending points"), "amount", self.pending_points),
            (self.env._("Points owed"), "amount", self.debt),
            (self.env._("Next expiry"), "moment", self._local(self.next_expiry)),
            (self.env._("Exported by"), "text", self.env.user.name),
            (self.env._("Exported on"), "moment", now.replace(tzinfo=None)),
            (self.env._("Time zone"), "text", str(now.tzinfo)),
        ]

    def _local(self, moment):
        """Return a moment (UTC) in the user's time zone, as Excel writes it."""
        if not moment:
            return False
        return fields.Datetime.context_timestamp(self, moment).replace(tzinfo=None)
