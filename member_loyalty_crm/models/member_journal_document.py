from odoo import api, models, tools

from ..queries import merges


class MemberJournalDocument(models.AbstractModel):
    """Purchases that an undone merge gave back stay with whom they were given to."""

    _name = "member.journal.document"
    _inherit = "member.journal.document"

    @api.model
    def _give_to_owners(self, model, documents):
        """Override of `member_loyalty`: undone merges know better."""
        documents = super()._give_to_owners(model, documents)
        owners = {}
        if documents and self._has_owners():
            ids = [document.id for document in documents]
            rows = self.env.execute_query(merges.owners_of(self.env, model, ids))
            owners = {
                (document_id, named): owner for document_id, named, *owner in rows
            }
        if not owners:
            return documents
        given = []
        for document in documents:
            partner_id, company_id = owners.get(
                (document.id, document.partner_id),
                (document.partner_id, document.commercial_partner_id),
            )
            given.append(
                document._replace(
                    partner_id=partner_id, commercial_partner_id=company_id
                )
            )
        return given

    @api.model
    @tools.ormcache()
    def _has_owners(self):
        """Tell whether any merge was undone: mostly none was.

        The answer is remembered, and forgotten when a merge is undone.
        """
        owners = self.env["member.purchase.owner"].sudo()
        return bool(owners.search_count([], limit=1))
