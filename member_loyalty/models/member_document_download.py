from odoo import api, fields, models
from odoo.exceptions import UserError


class MemberDocumentDownload(models.Model):
    """Somebody opened a document that is for members only.

    Append-only, and without addresses of devices: who, when and what is enough.
    """

    _name = "member.document.download"
    _description = "Download of a Document"
    _inherit = "member.append.only"
    _order = "id desc"
    _rec_name = "document_name"

    document_id = fields.Many2one(
        comodel_name="product.document",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    document_name = fields.Char(string="File", required=True, readonly=True)
    level_id = fields.Many2one(
        comodel_name="member.document.level", readonly=True, ondelete="set null"
    )
    product_tmpl_id = fields.Many2one(
        comodel_name="product.template",
        string="Product",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Opened by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    membership_id = fields.Many2one(
        comodel_name="member.membership",
        string="Member",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    tier_id = fields.Many2one(
        comodel_name="member.tier",
        string="Tier Then",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    benefit_id = fields.Many2one(
        comodel_name="member.benefit", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="benefit_id.company_id", store=True, precompute=True
    )
    date = fields.Date(required=True, readonly=True, help="By the company's calendar.")
    moment = fields.Datetime(string="Opened at", required=True, readonly=True)

    _by_document = models.Index("(document_id, partner_id, date)")

    def _refuse_change(self):
        """Let nobody change who opened what.

        :raises UserError: always
        """
        raise UserError(
            self.env._("Downloads of documents are history and cannot be changed.")
        )

    @api.model
    def _record(self, document, partner, membership, benefit):
        """Record that somebody opened a document, and count the use of the benefit.

        A document counts once a day, however often the member opens it.

        :return: the new download
        :raises UserError: when the benefit was used as often as it is granted
        """
        day = benefit.company_id._member_today()
        is_counted = self.sudo().search_count(
            [
                ("document_id", "=", document.id),
                ("membership_id", "=", membership.id),
                ("benefit_id", "=", benefit.id),
                ("date", "=", day),
            ],
            limit=1,
        )
        download = self.sudo().create(
            {
                "document_id": document.id,
                "document_name": document.name,
                "level_id": document.member_level_id.id,
                "product_tmpl_id": document._get_product_template().id,
                "partner_id": partner.id,
                "membership_id": membership.id,
                "tier_id": membership.tier_id.id,
                "benefit_id": benefit.id,
                "date": day,
                "moment": fields.Datetime.now(),
            }
        )
        if not is_counted:
            benefit._use(membership, day=day, cost=0, source=download, partner=partner)
        return download
