import logging

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from odoo.addons.base.models.res_partner import _lang_get

from ..queries import notifications as queries
from ..queries.execution import execute_quietly

_logger = logging.getLogger(__name__)

AT_ONCE = 500
REMEMBERED_DAYS = 90
FORGOTTEN_AT_ONCE = 10_000


class MemberNotification(models.Model):
    """A message to a member, read on the website; portal users have no inbox.

    What goes by mail only has a row as well: nobody is told the same twice.
    """

    _name = "member.notification"
    _description = "Membership Message"
    _inherit = [
        "member.notification.words",
        "member.notification.channel",
        "member.notification.reader",
        "member.mail.partner",
    ]
    _order = "id desc"
    _rec_name = "title"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Member",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    kind = fields.Char(string="Code", required=True, readonly=True)
    kind_id = fields.Many2one(
        comodel_name="member.notification.kind",
        compute="_compute_kind_id",
        store=True,
        precompute=True,
        index=True,
        ondelete="cascade",
    )
    key = fields.Char(
        required=True,
        readonly=True,
        help="Names the event: a member is told of it once.",
    )
    title = fields.Char(required=True, readonly=True)
    body = fields.Text(string="Text", readonly=True)
    url = fields.Char(string="Link", readonly=True)
    lang = fields.Selection(selection=_lang_get, string="Language", readonly=True)
    source_model = fields.Char(readonly=True)
    source_id = fields.Many2oneReference(
        string="Record Behind It",
        model_field="source_model",
        readonly=True,
        aggregator=None,
    )
    on_site = fields.Boolean(string="On the Website", default=True, readonly=True)
    mail_state = fields.Selection(
        selection=[
            ("queued", "Mailed"),
            ("no_address", "No address"),
            ("bounced", "Mails come back"),
            ("refused", "Wants no advertising"),
        ],
        string="By Mail",
        readonly=True,
        help="Whether a mail was queued, or why none was. Empty: not by mail.",
    )
    read_at = fields.Datetime(string="Read", readonly=True)
    expires_on = fields.Date(
        string="Last Day",
        readonly=True,
        help="The last day on which members can read it on the website.",
    )

    _once = models.UniqueIndex("(partner_id, program_id, kind, key)")
    _expiry = models.Index("(expires_on) WHERE expires_on IS NOT NULL")

    @api.depends("kind")
    def _compute_kind_id(self):
        kinds = self.env["member.notification.kind"].with_context(active_test=False)
        found = kinds.sudo().search([("code", "in", self.mapped("kind"))])
        by_code = {kind.code: kind.id for kind in found}
        for message in self:
            message.kind_id = by_code.get(message.kind)

    @api.autovacuum
    def _gc_expired(self):
        """Forget messages that expired long ago.

        Not at once: what is remembered is not told again.
        """
        last = fields.Date.subtract(fields.Date.today(), days=REMEMBERED_DAYS)
        expired = self.sudo().search(
            [("expires_on", "<", last)], limit=FORGOTTEN_AT_ONCE
        )
        expired.unlink()
        return len(expired), len(expired) == FORGOTTEN_AT_ONCE

    def action_open_source(self):
        """Open the record that this message is about."""
        self.ensure_one()
        self.check_access("read")
        if not self.source_model or not self.source_id:
            return False
        return self.env[self.source_model].browse(self.source_id)._get_records_action()

    @api.model
    def _notify(self, kind, notices, program):
        """Tell members of something, each once, in their language.

        Only in this transaction; mails are queued. What cannot be told is reported in
        the log and breaks nothing.

        :param str kind: code of the kind of message, such as "tier_up"
        :param notices: ``Notice`` of ``logic.notification``
        :param program: the program it is about
        :return: the new messages
        :raises psycopg2.OperationalError: when another transaction told it just now
        """
        program, notices = program.sudo(), list(notices)
        told = self.sudo().with_company(program.company_id)
        kind = told.env["member.notification.kind"]._get_kind(kind)
        channels = kind and notices and told._get_open_channels(kind, program)
        messages = told.browse()
        for start in range(0, len(notices) if channels else 0, AT_ONCE):
            messages |= told._tell_safely(
                kind, notices[start : start + AT_ONCE], program, channels
            )
        return messages

    @api.model
    def _tell_safely(self, kind, notices, program, channels):
        """Tell members; one whose message fails must not keep it from the others."""
        try:
            with self.env.cr.savepoint():
                return self._tell(kind, notices, program, channels)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception:
            if self.env.cr.connection.closed:
                raise
            self.env.invalidate_all(flush=False)
            if len(notices) == 1:
                _logger.exception(
                    "Contact %s was not told %s", notices[0].partner_id, kind.code
                )
                return self.browse()
        half = len(notices) // 2
        return self._tell_safely(
            kind, notices[:half], program, channels
        ) | self._tell_safely(kind, notices[half:], program, channels)

    @api.model
    def _tell(self, kind, notices, program, channels):
        """Write down what members were not told yet, and let it take its ways."""
        notices = self._leave_out_told(kind, notices, program)
        wordings = self._put_into_words(kind, notices, program)
        rows = [
            self._prepare_row(kind, notice, wording, program)
            for notice, wording in zip(notices, wordings, strict=True)
        ]
        ids = execute_quietly(self.env, queries.insert_once(rows)) if rows else ()
        messages = self.browse(message_id for (message_id,) in ids)
        if messages:
            for tell in channels.values():
                tell(kind, messages)
        return messages

    @api.model
    def _leave_out_told(self, kind, notices, program):
        """Leave out who was told before, is gone, or wants no such message.

        Whose contact is archived is gone, too.
        """
        told = self.search(
            [
                ("program_id", "=", program.id),
                ("kind", "=", kind.code),
                ("partner_id", "in", [notice.partner_id for notice in notices]),
                ("key", "in", [notice.key for notice in notices]),
            ]
        )
        known = {(one.partner_id.id, one.key) for one in told}
        partners = self.env["res.partner"].browse(one.partner_id for one in notices)
        partners = partners.exists().filtered("active")
        if kind.is_marketing:
            partners -= partners._find_refusing_marketing(program.company_id)
        told_ids = set(partners.ids)
        return [
            notice
            for notice in notices
            if notice.partner_id in told_ids
            and (notice.partner_id, notice.key) not in known
        ]

    @api.model
    def _prepare_row(self, kind, notice, wording, program):
        """Return the values of a message, in the order of ``COLUMNS``."""
        model, source_id = notice.source or (None, None)
        expires_on = None
        if kind.keep_days:
            today = program.company_id._member_today()
            expires_on = fields.Date.add(today, days=kind.keep_days)
        return (
            *(notice.partner_id, program.id, program.company_id.id),
            *(kind.id, kind.code, notice.key),
            *(wording.title, wording.body, notice.url, wording.lang),
            *(model, source_id, expires_on),
            *(False, None, self.env.uid, self.env.cr.now()),
        )
