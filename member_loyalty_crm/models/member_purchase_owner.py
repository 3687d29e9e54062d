from odoo import fields, models


class MemberPurchaseOwner(models.Model):
    """Whose purchase a document is, where that is not the customer it names.

    Undoing a merge gives purchases back to a contact, while orders, invoices and
    credit notes stay with the contact that they were merged into.
    """

    _name = "member.purchase.owner"
    _inherit = ["member.customer.record"]
    _description = "Owner of a Purchase"
    _rec_name = "partner_id"

    source_model = fields.Char(required=True, readonly=True)
    source_id = fields.Many2oneReference(
        string="Document", model_field="source_model", required=True, readonly=True
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Counts for",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    document_partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer of the Document",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="As soon as the document names another customer, it counts for that one.",
    )

    _one_per_document = models.UniqueIndex("(source_model, source_id)")
