from odoo import api, fields, models
from odoo.exceptions import UserError

BACKGROUND_LINES = 2000


class MemberPointImport(models.Model):
    """Opening balances: points that members bring along from another system, or from
    cards of Odoo's own loyalty.

    Checked first, which books nothing but says what would come of each row; then
    booked, in slices that can be interrupted; and it can be undone.
    """

    _name = "member.point.import"
    _description = "Opening Balances"
    _inherit = [
        "mail.thread",
        "member.point.import.file",
        "member.point.import.report",
        "member.point.import.check",
        "member.point.import.cards",
        "member.point.import.booking",
        "member.point.import.undo",
        "member.import.file",
        "member.import.source",
    ]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True, readonly=False)
    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        default=lambda self: self._default_program_id(),
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, precompute=True, index=True
    )
    state = fields.Selection(
        selection=[
            ("draft", "New"),
            ("checked", "Checked"),
            ("booking", "Being booked"),
            ("done", "Booked"),
            ("undone", "Undone"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    source = fields.Selection(
        selection=[
            ("file", "A file of another system"),
            ("cards", "Cards of a loyalty program in Odoo"),
        ],
        string="Points Come From",
        required=True,
        default="file",
    )
    native_program_id = fields.Many2one(
        comodel_name="loyalty.program",
        string="Loyalty Program",
        domain="[('program_type', '=', 'loyalty'), ('member_program_id', '=', False)]",
        help="Its cards are taken over. If the membership keeps no points yet, this"
        " program becomes the one that does; else its points move over to that.",
    )
    no_expiry = fields.Selection(
        selection=[
            ("never", "Never expire"),
            ("program", "Expire as if they were earned today"),
        ],
        string="Points Without a Day",
        required=True,
        default="never",
    )
    repeated = fields.Selection(
        selection=[
            ("refuse", "Leave the repetition out"),
            ("add", "Add them up"),
        ],
        string="Rows That Say the Same",
        required=True,
        default="refuse",
        help="Rows of one member with the same points and the same day. Other rows of"
        " one member are always added up.",
    )
    may_owe = fields.Boolean(
        string="Undo: Spent Points Become a Debt",
        help="Undoing takes back what is left. With this, what was spent already is"
        " owed, and the next points earned pay it.",
    )
    line_ids = fields.One2many(
        comodel_name="member.point.import.line",
        inverse_name="import_id",
        string="Rows",
        readonly=True,
    )

    @api.model
    def _default_program_id(self):
        return self.env["member.program"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )

    @api.depends("filename", "native_program_id", "source")
    def _compute_name(self):
        for batch in self:
            origin = (
                batch.filename
                if batch.source == "file"
                else batch.native_program_id.name
            )
            batch.name = batch.name or origin or self.env._("Opening balances")

    @api.model_create_multi
    def create(self, vals_list):
        """Read the first rows of the file to find its columns."""
        batches = super().create(vals_list)
        for batch, vals in zip(batches, vals_list, strict=True):
            if batch.source == "file" and vals.get("file"):
                batch._read_columns(given=vals)
        return batches

    def write(self, vals):
        """Ask for another check when something is to be read in another way."""
        if set(vals) & self._get_reading_fields():
            self._reopen()
        result = super().write(vals)
        if vals.get("file") or ("sheet" in vals and "file" not in vals):
            for batch in self.filtered("file"):
                batch._read_columns(given=vals)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_booked(self):
        if any(batch.state in ("booking", "done", "undone") for batch in self):
            raise UserError(
                self.env._("What was booked stays. Undo it instead of deleting it.")
            )

    @api.model
    def _get_reading_fields(self):
        """Return the names of the fields that decide what a check finds."""
        return {
            "file", "sheet", "program_id", "source", "native_program_id",
            "date_order", "decimal", "no_expiry", "repeated", "column_ids",
        }  # fmt: skip

    def action_check(self):
        """Read everything and say what would come of it; book nothing."""
        self.ensure_one()
        self._check_may_import()
        self._check_is_open()
        if self.source == "file":
            self._stage_file()
        else:
            self._stage_cards()
        self._find_members()
        self._count()
        self.state = "checked"
        self._say_checked()
        return True

    def action_book(self):
        """Book the good rows as opening balances."""
        self.ensure_one()
        self._check_may_import()
        if self.state == "draft":
            self.action_check()
        if self.state != "checked":
            raise UserError(
                self.env._(
                    "%(batch)s is booked already, or under way.", batch=self.name
                )
            )
        if not self.good_count:
            raise UserError(
                self.env._(
                    "There is nothing to book: all %(count)s rows have a problem. Look"
                    " at them under “Rows”.",
                    count=self.line_count,
                )
            )
        self._begin_booking()
        if self.good_count > BACKGROUND_LINES:
            self._leave_to_background()
        else:
            self._book_to_the_end()
        return True

    def action_undo(self):
        """Take back what is left of everything this batch brought in."""
        self.ensure_one()
        self._check_may_import()
        if self.state != "done":
            raise UserError(
                self.env._("Only what is booked can be undone, and only once.")
            )
        self._undo()
        return True

    def _check_may_import(self):
        """Let managers pass: opening balances are points out of nothing.

        :raises AccessError: for everybody else
        """
        self.check_access("write")
        self.program_id.check_access("write")

    def _check_is_open(self):
        """Let batches pass that may still be read in another way.

        :raises UserError: for the others
        """
        for batch in self:
            if batch.state not in ("draft", "checked"):
                raise UserError(
                    self.env._(
                        "%(batch)s is booked or under way and cannot be changed.",
                        batch=batch.name,
                    )
                )

    def _reopen(self):
        """Ask for another check, because something is to be read in another way."""
        self._check_is_open()
        self.filtered(lambda batch: batch.state != "draft").state = "draft"
