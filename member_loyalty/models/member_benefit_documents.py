from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MemberBenefitDocuments(models.AbstractModel):
    """Which documents members may open."""

    _name = "member.benefit.documents"
    _description = "Documents of a Benefit"

    document_level_ids = fields.Many2many(
        comodel_name="member.document.level",
        relation="member_benefit_document_level_rel",
        column1="member_benefit_id",
        column2="member_document_level_id",
        string="Levels of Documents",
        domain="[('company_id', '=', company_id)]",
        copy=True,
        help="Members may open product documents of these levels. A document says its"
        " level itself, under Only for Members.",
    )

    @api.constrains("kind", "document_level_ids", "active", "program_id")
    def _check_document_levels(self):
        for benefit in self.filtered(lambda one: one.kind == "documents"):
            if benefit.active and not benefit.document_level_ids:
                raise ValidationError(
                    self.env._(
                        "%(benefit)s would open no document. Choose at least one level"
                        " of documents.",
                        benefit=benefit.name,
                    )
                )
            foreign = benefit.document_level_ids.filtered(
                lambda level, one=benefit: level.company_id != one.company_id
            )
            if foreign:
                raise ValidationError(
                    self.env._(
                        "The level %(level)s belongs to %(company)s. Choose a level of"
                        " the program's own company.",
                        level=foreign[0].name,
                        company=foreign[0].company_id.name,
                    )
                )
