from odoo import api, models
from odoo.tools import format_date, formatLang


class MemberPortraitWords(models.AbstractModel):
    """How a portrait writes amounts, days and links."""

    _name = "member.portrait.words"
    _description = "Words of a Portrait"

    @api.model
    def _format_amount(self, amount, currency=None):
        """Return an amount with its currency, the company's unless given."""
        currency = currency or self.env.company.currency_id
        return formatLang(self.env, amount, currency_obj=currency)

    @api.model
    def _format_number(self, number):
        """Return a number as the reader writes it, without decimals that are 0."""
        digits = 0 if float(number) == round(float(number)) else 2
        return formatLang(self.env, number, digits=digits)

    @api.model
    def _format_day(self, day):
        """Return a day, or the day of a moment in UTC, as the reader writes it."""
        return format_date(self.env, day) if day else ""

    @api.model
    def _get_label(self, record, name):
        """Return what the value of a selection is called in the reader's language."""
        labels = dict(record._fields[name]._description_selection(self.env))
        return labels.get(record[name], "")

    @api.model
    def _link(self, record):
        """Return what the page needs to name a record and to open it."""
        return {
            "model": record._name,
            "id": record.id,
            "name": record.display_name or "",
        }
