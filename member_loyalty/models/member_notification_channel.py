import logging

from odoo import api, models

from ..logic.notification_reach import mail_state
from .member_notification_kind import LIGHT_LAYOUT

_logger = logging.getLogger(__name__)


class MemberNotificationChannel(models.AbstractModel):
    """The ways on which messages reach members."""

    _name = "member.notification.channel"
    _description = "Ways of Messages"

    @api.model
    def _get_channels(self):
        """Return the ways that messages can take: by name, what takes them.

        Seam: a module adds one. It is called with the kind and the new messages, which
        are in the language of each member already.
        """
        return {"on_site": self._tell_on_site, "mail": self._tell_by_mail}

    @api.model
    def _get_open_channels(self, kind, program):
        """Return the ways that a kind of message takes in a program today."""
        return {
            name: tell
            for name, tell in self._get_channels().items()
            if kind._takes(name) and program._tells(kind.code, name)
        }

    @api.model
    def _tell_on_site(self, kind, messages):
        """Let members read messages on the website."""
        messages.write({"on_site": True})

    @api.model
    def _tell_by_mail(self, kind, messages):
        """Queue the mails of messages, for those whom they reach."""
        readers = messages.mail_partner_id
        refusing = readers.browse()
        if kind.is_marketing:
            refusing = readers._find_refusing_marketing(messages[:1].company_id)
        states = {
            message.id: mail_state(
                message.mail_partner_id._get_mail_reader(refusing), kind.is_marketing
            )
            for message in messages
        }
        for state, found in messages.grouped(lambda one: states[one.id]).items():
            found.write({"mail_state": state})
            if state == "queued":
                self._queue_mails(kind, found)

    @api.model
    def _queue_mails(self, kind, messages):
        """Queue the mails of messages, in the words of the kind or of its template."""
        template, layout = kind.mail_template_id, kind.mail_layout or False
        by_source = messages.filtered(
            lambda one: template and one.source_model == template.model
        )
        if by_source:
            template.send_mail_batch(
                by_source.mapped("source_id"),
                force_send=False,
                email_layout_xmlid=layout,
            )
        if own := messages - by_source:
            if template.model != self._name:
                template = self.env.ref("member_loyalty.mail_template_notification")
                layout = LIGHT_LAYOUT
            template.send_mail_batch(
                own.ids, force_send=False, email_layout_xmlid=layout
            )
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
