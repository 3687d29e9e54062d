from odoo import api, fields, models

from odoo.addons.member_loyalty.queries.execution import execute_quietly

from ..queries import duplicates as queries
from .member_duplicate_search import SLICE


class MemberDuplicateRun(models.Model):
    """A search for duplicates and how far it came; the next begins where it began."""

    _name = "member.duplicate.run"
    _description = "Search for Duplicates"
    _order = "id desc"
    _rec_name = "until"

    since = fields.Datetime(
        readonly=True, help="Looks at what changed from then on; empty for everybody."
    )
    until = fields.Datetime(required=True, readonly=True)
    phase = fields.Selection(
        selection=[("keys", "Reading"), ("pairs", "Comparing"), ("done", "Done")],
        required=True,
        readonly=True,
        default="keys",
    )
    position = fields.Integer(
        readonly=True, aggregator=None, help="The last contact looked at."
    )
    contact_count = fields.Integer(string="Contacts", readonly=True)
    pair_count = fields.Integer(string="New Duplicates", readonly=True)

    @api.model
    def _open(self):
        """Return the search that is under way, or a new one."""
        last = self.search([], limit=1)
        if last and last.phase != "done":
            return last
        return self.create({"since": last.until, "until": fields.Datetime.now()})

    def _take_slice(self):
        """Read or compare the next contacts; return how many.

        Everybody is read before anybody is compared.
        """
        self.ensure_one()
        self.invalidate_recordset()
        pairs = self.env["member.duplicate"].sudo()
        ids = pairs._find_changed(self.since, self.until, self.position, SLICE)
        if not ids:
            self._enter_next_phase()
            return 0
        if self.phase == "keys":
            pairs._remember_keys(ids)
            self.contact_count += len(ids)
        else:
            self.pair_count += pairs._propose_pairs(ids)
        self.position = ids[-1]
        return len(ids)

    def _enter_next_phase(self):
        """Compare after reading, and end after comparing."""
        if self.phase == "keys":
            self.env.flush_all()
            execute_quietly(self.env, queries.forget_gone())
            self.env["member.duplicate"].invalidate_model()
        self.phase = {"keys": "pairs", "pairs": "done"}[self.phase]
        self.position = 0
