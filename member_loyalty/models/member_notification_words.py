from datetime import date, datetime
from decimal import Decimal
from numbers import Number
from typing import NamedTuple

from odoo import api, models
from odoo.tools import format_date, format_datetime
from odoo.tools.misc import formatLang

from ..logic import notification_text as texts


class Wording(NamedTuple):
    """A message in words, and the language that it is written in."""

    title: str
    body: str
    lang: str


class MemberNotificationWords(models.AbstractModel):
    """Puts what there is to tell into the words of the member's language."""

    _name = "member.notification.words"
    _description = "Wording of Messages"

    @api.model
    def _put_into_words(self, kind, notices, program):
        """Return a ``Wording`` for each notice, in their order."""
        partners = self.env["res.partner"].browse(one.partner_id for one in notices)
        return [
            self._put_notice_into_words(kind, notice, partner, program)
            for notice, partner in zip(notices, partners, strict=True)
        ]

    @api.model
    def _put_notice_into_words(self, kind, notice, partner, program):
        """Return the ``Wording`` of a notice for a member."""
        lang = self._get_reading_language(partner, program)
        speaker = self.with_company(program.company_id).with_context(lang=lang)
        spoken = kind.with_env(speaker.env)
        title = speaker._say(notice.title) or spoken.title
        body = speaker._say(notice.body) or spoken.body
        known = set(kind._get_names(kind.code)) | set(notice.values)
        values = {
            "member": partner,
            "program": program,
            "company": program.company_id,
            **notice.values,
        }
        words = {
            name: speaker._say(values.get(name))
            for name in texts.find_names(title, body)
            if name in known
        }
        return Wording(
            texts.fill_line(title, words) or spoken.name,
            texts.fill(body, words),
            lang,
        )

    @api.model
    def _get_reading_language(self, partner, program):
        """Return the code of the language in which a member is told things."""
        return partner.lang or program.company_id.partner_id.lang or "en_US"

    @api.model
    def _say(self, value):
        """Return a value as words in the language of this environment.

        :param value: words, a number, a day, records, a list of values, or a function
            that returns one of these for an environment
        """
        if isinstance(value, models.BaseModel):
            return self._say_records(value)
        if value is None or value is False:
            return ""
        if isinstance(value, str):
            return str(value)
        if isinstance(value, datetime):
            return format_datetime(self.env, value)
        if isinstance(value, date):
            return format_date(self.env, value)
        if isinstance(value, Number | Decimal):
            digits = 0 if value == int(value) else 2
            return formatLang(self.env, float(value), digits=digits)
        if callable(value):
            return self._say(value(self.env))
        return texts.list_up(self._say(one) for one in value)

    @api.model
    def _say_records(self, records):
        """Return what records are called; a contact without its company's name."""
        spoken = records.with_context(lang=self.env.lang).sudo()
        name = "name" if records._name == "res.partner" else "display_name"
        return ", ".join(one[name] or "" for one in spoken)
