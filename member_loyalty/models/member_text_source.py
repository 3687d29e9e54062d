from odoo import models


class MemberTextSource(models.AbstractModel):
    """Something whose translated texts other records begin with."""

    _name = "member.text.source"
    _description = "Source of Translated Texts"

    def _copy_text(self, source, record, target=None):
        """Give a field of ``record`` this record's text in every installed language.

        :param str source: the translated field to read here
        :param str target: the translated field to write there, ``source`` unless given
        """
        self.ensure_one()
        for code, _name in self.env["res.lang"].get_installed():
            text = self.with_context(lang=code)[source]
            if text:
                record.with_context(lang=code)[target or source] = text
