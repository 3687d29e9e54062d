from odoo import fields, models


class MemberImportPart(models.Model):
    """What a stretch of a checked file says about one document; kept until imported.

    Written and read in sets only, by ``queries.purchase_import*``.
    """

    _name = "member.import.part"
    _description = "Document in an Imported File"
    _log_access = False

    import_id = fields.Many2one(
        comodel_name="member.import", required=True, ondelete="cascade"
    )
    first_line = fields.Integer(required=True)
    line_count = fields.Integer(required=True)
    document = fields.Char(required=True)
    customer_key = fields.Char(required=True)
    customer_ref = fields.Char()
    customer_email = fields.Char()
    customer_name = fields.Char()
    country_id = fields.Many2one(comodel_name="res.country")
    currency_id = fields.Many2one(comodel_name="res.currency", required=True)
    date = fields.Date(required=True)
    amount = fields.Float(required=True, digits=0)
    outcome = fields.Selection(
        selection=[
            ("new", "New"),
            ("duplicate_document", "Imported before"),
            ("repeated_document", "Twice in the file"),
            ("customer_conflict", "Two customers"),
            ("currency_conflict", "Two currencies"),
        ],
        required=True,
    )
    partner_id = fields.Many2one(comodel_name="res.partner", ondelete="cascade")
    matched_by = fields.Selection(
        selection=[
            ("ref", "Reference"),
            ("mail", "Mail"),
            ("name", "Name"),
            ("created", "Created"),
        ]
    )

    _by_document = models.Index("(import_id, document)")
