from odoo import fields, models


class MemberDuplicateKey(models.Model):
    """What a contact is found by when duplicates are looked for.

    A narrow working table, written in sets; it can be made anew at any time.
    """

    _name = "member.duplicate.key"
    _description = "Key of a Contact"
    _log_access = False
    _rec_name = "key"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Char(required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)

    _block = models.Index("(kind, key)")
