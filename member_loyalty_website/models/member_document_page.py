from odoo import api, models

MOST = 5_000


class MemberDocumentPage(models.AbstractModel):
    """Documents as the member centre lists them."""

    _name = "member.document.page"
    _description = "Documents in the Member Centre"

    @api.model
    def _find_for_page(self, partner, company, search=""):
        """Return the documents that a contact's tier opens, signed or not, in order.

        :param str search: part of the name of a document or its product
        """
        documents = self.sudo().search(
            [
                ("member_only", "=", True),
                ("member_level_id.company_id", "=", company.id),
                ("member_level_id.active", "=", True),
            ],
            limit=MOST,
        )
        found = documents.browse(documents._find_entitlements(partner))
        names = {one: one._get_product_template().name or "" for one in found}
        wanted = search.casefold()
        found = found.filtered(
            lambda one: (
                wanted in (one.name or "").casefold() or wanted in names[one].casefold()
            )
        )
        return found.sorted(
            lambda one: (
                one.member_level_id.sequence,
                one.member_level_id.id,
                names[one],
                one.name,
                one.id,
            )
        )
