from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

RESTRICTING = frozenset({"member_only", "ir_attachment_id"})


class ProductDocument(models.Model):
    """A document of a product that only members may open, if it says so.

    What the suite assumes of Odoo here: a document is one ``ir.attachment``, and what
    leads to its content asks ``ir.attachment`` for access, or ``ir.binary``.
    """

    _name = "product.document"
    _inherit = ["product.document", "member.document.watermark"]

    member_only = fields.Boolean(
        string="Only for Members",
        help="Only members with a benefit that opens the document's level may read it."
        " Your employees read it as before.",
    )
    member_level_id = fields.Many2one(
        comodel_name="member.document.level",
        string="Level",
        index="btree_not_null",
        ondelete="restrict",
        help="Benefits open documents by their level.",
    )
    member_warning = fields.Char(
        string="Warning of Level", compute="_compute_member_warning"
    )

    _member_attachment = models.Index("(ir_attachment_id) WHERE member_only")

    @api.depends("member_only", "member_level_id")
    def _compute_member_warning(self):
        for document in self:
            level = document.member_only and document.member_level_id
            document.member_warning = (
                level
                and not level._is_opened()
                and self.env._(
                    "No benefit opens documents of the level %(level)s: nobody but your"
                    " employees can read this document. Let a benefit open the level.",
                    level=level.name,
                )
            )

    @api.constrains("member_only", "member_level_id", "type", "company_id")
    def _check_member_level(self):
        for document in self.filtered("member_only"):
            if not document.member_level_id:
                raise ValidationError(
                    self.env._(
                        "%(document)s is only for members, but for which? Choose its"
                        " level: benefits open documents by level.",
                        document=document.name,
                    )
                )
            if document.type == "url":
                raise ValidationError(
                    self.env._(
                        "%(document)s is a link: whoever opened it once can pass it"
                        " on. Upload the file itself to keep it for members.",
                        document=document.name,
                    )
                )
            document._check_company_of_level()

    def _check_company_of_level(self):
        """Let pass a level of the company that the document belongs to.

        :raises ValidationError: for one of another company
        """
        company = self.company_id or self._get_product_template().company_id
        level = self.member_level_id
        if company and level.company_id != company:
            raise ValidationError(
                self.env._(
                    "%(document)s belongs to %(company)s, the level %(level)s to"
                    " %(other)s. Choose a level of the document's own company.",
                    document=self.name,
                    company=company.name,
                    level=level.name,
                    other=level.company_id.name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `product` to lock up documents that are for members."""
        documents = super().create(vals_list)
        documents.filtered("member_only")._lock_up()
        return documents

    def write(self, vals):
        """Override of `product` to lock up documents that are for members."""
        if not RESTRICTING & vals.keys():
            return super().write(vals)
        result = super().write(vals)
        self.filtered("member_only")._lock_up()
        self.env.registry.clear_cache()
        return result

    def _lock_up(self):
        """Make addresses useless that were passed on before."""
        if not self:
            return
        attachments = self.sudo().ir_attachment_id
        attachments.filtered("public").public = False
        attachments.filtered("access_token").access_token = False
        self.env.registry.clear_cache()
        # again: others may have looked before this was committed
        self.env.cr.postcommit.add(self.env.registry.clear_cache)

    @api.model
    @tools.ormcache()
    def _is_any_locked(self):
        """Tell whether any document is only for members, without asking again.

        Every file that a visitor asks for comes by here.
        """
        documents = self.sudo().with_context(active_test=False)
        return bool(documents.search_count([("member_only", "=", True)], limit=1))

    @api.model
    def _find_locked(self, attachment_ids):
        """Return the documents among attachments that are only for members."""
        documents = self.sudo().with_context(active_test=False)
        if not attachment_ids or not self._is_any_locked():
            return documents.browse()
        return documents.search(
            [("ir_attachment_id", "in", attachment_ids), ("member_only", "=", True)]
        )

    @api.model
    def _find_by_address(self, parameters):
        """Return the document for members that an address of a file leads to.

        :param dict parameters: ``model`` and ``id``, or ``xmlid``, as in /web/content
        """
        record = None
        if xmlid := parameters.get("xmlid"):
            record = self.env.ref(xmlid, raise_if_not_found=False)
        elif str(parameters.get("id") or "").isdecimal():
            model = parameters.get("model") or "ir.attachment"
            if model in ("ir.attachment", "product.document"):
                record = self.env[model].browse(int(parameters["id"]))
        if record is None or record._name not in ("ir.attachment", "product.document"):
            return self.sudo().browse()
        if record._name == "product.document":
            record = record.sudo().exists().ir_attachment_id
        return self._find_locked(record.ids)

    def _get_product_template(self):
        """Return the product that the document belongs to."""
        self.ensure_one()
        if self.res_model == "product.template":
            return self.env["product.template"].sudo().browse(self.res_id).exists()
        if self.res_model == "product.product":
            variant = self.env["product.product"].sudo().browse(self.res_id).exists()
            return variant.product_tmpl_id
        return self.env["product.template"].sudo()

    def _find_grants(self, partner):
        """Return what lets a contact open these documents now.

        :return: {document id: (membership, benefit)}, with rights; whoever has no
            benefit for a document, or not the consent, finds nothing for it
        """
        grants = self._find_entitlements(partner)
        unsigned = self.browse(grants)._find_unsigned(partner)
        return {key: grant for key, grant in grants.items() if key not in unsigned.ids}

    def _find_unsigned(self, partner):
        """Return those of these documents whose consent a contact has not given.

        As far as it is demanded; whoever refused it has not given it either.
        """
        unsigned = self.browse()
        for purpose, documents in self.grouped(
            lambda one: one.sudo().member_level_id.consent_purpose_id
        ).items():
            if purpose and not purpose._filter_allowed(partner):
                unsigned |= documents
        return unsigned

    def _find_entitlements(self, partner):
        """Return the benefits by which a contact may open these documents.

        :return: {document id: (membership, benefit)}, with rights, whatever is signed
        """
        grants = {}
        locked = self.sudo().filtered(lambda one: one.member_only and one.active)
        if not partner or not locked:
            return grants
        for company, documents in locked.grouped(
            lambda one: one.member_level_id.company_id
        ).items():
            granted = self.env["member.benefit"]._find_granted(
                partner, company, company._member_today(), "documents"
            )[partner.id]
            for document in documents if granted else ():
                for membership, benefit in granted:
                    if document._is_opened_by(benefit):
                        grants.setdefault(document.id, (membership, benefit))
        return grants

    def _is_opened_by(self, benefit):
        """Tell whether a benefit opens the document for those who have it."""
        self.ensure_one()
        if self.member_level_id not in benefit.document_level_ids:
            return False
        return not benefit.category_ids or benefit._covers_product(
            self._get_product_template()
        )

    def _get_openable(self, partner):
        """Return those of the documents that a contact may open: also all others."""
        locked = self.sudo().filtered("member_only")
        if not locked:
            return self
        grants = locked._find_grants(partner)
        return self.filtered(lambda one: one not in locked or one.id in grants)

    @api.model
    def _get_for_partner(self, partner):
        """Return the documents for members that a contact may open today."""
        documents = self.sudo().search([("member_only", "=", True)])
        return documents.browse(documents._find_grants(partner))
