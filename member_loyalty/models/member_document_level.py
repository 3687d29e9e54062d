from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MemberDocumentLevel(models.Model):
    """A sort of documents that members are let into, such as CAD drawings."""

    _name = "member.document.level"
    _description = "Level of Documents"
    _order = "sequence, id"

    name = fields.Char(
        required=True,
        translate=True,
        help="Members read it, such as Data Sheets, Manuals or CAD Drawings.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
        help="Members of this company's programs can be let into the documents.",
    )
    benefit_ids = fields.Many2many(
        comodel_name="member.benefit",
        relation="member_benefit_document_level_rel",
        column1="member_document_level_id",
        column2="member_benefit_id",
        string="Opened by",
        readonly=True,
        help="Members with one of these benefits may open the documents.",
    )
    consent_purpose_id = fields.Many2one(
        comodel_name="member.consent.purpose",
        string="Signed Consent",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('company_id', '=', company_id)]",
        help="Members sign it before the documents open, where the purpose says that"
        " it is demanded. Whoever refuses it or takes it back opens none of them.",
    )
    has_watermark = fields.Boolean(
        string="Watermark",
        help="Members get PDF files with their name, tier and the date on each page."
        " Files that are no PDF are served as they are.",
    )
    document_count = fields.Integer(
        string="Product Documents", compute="_compute_document_count"
    )

    _name_once = models.UniqueIndex(
        "(company_id, name)",
        "There is a level of documents with this name already. Use that one.",
    )

    def _compute_document_count(self):
        counts = dict(
            self.env["product.document"]._read_group(
                [("member_level_id", "in", self.ids), ("member_only", "=", True)],
                ["member_level_id"],
                ["__count"],
            )
        )
        for level in self:
            level.document_count = counts.get(level._origin, 0)

    @api.constrains("consent_purpose_id", "company_id")
    def _check_consent(self):
        for level in self.filtered("consent_purpose_id"):
            purpose = level.consent_purpose_id
            if purpose.company_id != level.company_id:
                raise ValidationError(
                    self.env._(
                        "%(purpose)s belongs to %(company)s. Choose a purpose of the"
                        " level's own company.",
                        purpose=purpose.name,
                        company=purpose.company_id.name,
                    )
                )
            if not purpose.version_id:
                raise ValidationError(
                    self.env._(
                        "%(purpose)s has no text in force: nobody could sign it."
                        " Publish a version first.",
                        purpose=purpose.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Let tags follow: what protects documents has to be signed."""
        levels = super().create(vals_list)
        levels.consent_purpose_id._settle_tags()
        return levels

    def write(self, vals):
        """Let tags follow: what protects documents has to be signed."""
        before = self.consent_purpose_id
        result = super().write(vals)
        if {"consent_purpose_id", "active"} & vals.keys():
            (before | self.consent_purpose_id)._settle_tags()
        return result

    def unlink(self):
        """Let tags follow: what protects nothing any more need not be signed."""
        purposes = self.consent_purpose_id
        result = super().unlink()
        purposes._settle_tags()
        return result

    def action_open_documents(self):
        """Open the documents of this level."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_document_action"
        )
        action["domain"] = [
            ("member_level_id", "=", self.id),
            ("member_only", "=", True),
        ]
        action["context"] = {}
        return action

    def _get_opening_benefits(self):
        """Return the benefits that let members into the documents, with rights."""
        return self.sudo().benefit_ids.filtered(
            lambda one: one.active and one.kind == "documents"
        )

    def _is_opened(self):
        """Tell whether any benefit lets members into the documents."""
        return bool(self._get_opening_benefits())

    def _get_opening_tiers(self):
        """Return the tiers that let members into the documents, lowest first."""
        tiers = self._get_opening_benefits().tier_ids
        return tiers.sorted(lambda one: (one.sequence, one.id))
