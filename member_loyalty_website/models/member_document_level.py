from odoo import api, models


class MemberDocumentLevel(models.Model):
    _name = "member.document.level"
    _inherit = ["member.document.level"]

    @api.model
    def _find_closed_for_page(self, partner, company):
        """Return the levels with documents that other tiers open than the contact's."""
        granted = self.env["member.benefit"]._find_granted(
            partner, company, company._member_today(), "documents"
        )[partner.id]
        opened = self.sudo().union(*(one.document_level_ids for _held, one in granted))
        documents = self.env["product.document"].sudo()
        levels = self.sudo().search([("company_id", "=", company.id)]) - opened
        return levels.filtered(
            lambda level: (
                level._get_opening_tiers()
                and documents.search_count(
                    [("member_level_id", "=", level.id), ("member_only", "=", True)],
                    limit=1,
                )
            )
        )
