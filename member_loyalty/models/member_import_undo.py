from odoo import models

from ..queries import purchase_import, purchase_import_undo


class MemberImportUndo(models.AbstractModel):
    """Takes a batch back whole, by rows that say the opposite."""

    _name = "member.import.undo"
    _description = "Undoing of an Import"

    def _undo(self):
        """Take back the activities, then what only existed because of them."""
        self.ensure_one()
        self._lock_company_imports()
        rows = self.env.execute_query(
            purchase_import.take_back_documents(self.env, self.id, self.company_id.id)
        )
        self.env["member.activity"].invalidate_model()
        memberships = self._end_empty_memberships()
        partners = self._archive_empty_customers()
        self.state = "undone"
        self._say(
            self.env._(
                "Undone: %(documents)s documents taken back, %(members)s memberships"
                " ended, %(customers)s customers archived. Evaluate the program to"
                " correct the tiers.",
                documents=len(rows),
                members=len(memberships),
                customers=len(partners),
            )
        )

    def _end_empty_memberships(self):
        """End the memberships that began with this batch and have no purchase left."""
        found = self.env.execute_query(
            purchase_import_undo.memberships_left_with_nothing(self.env, self.id)
        )
        memberships = (
            self.env["member.membership"].sudo().browse(row[0] for row in found)
        )
        memberships.write({"active": False})
        memberships._take_back_joining()
        return memberships

    def _archive_empty_customers(self):
        """Archive the customers that this batch created and nothing else mentions."""
        found = self.env.execute_query(
            purchase_import_undo.customers_left_with_nothing(
                self.env,
                self.id,
                purchase_import_undo.mentions_of_partner(self._get_mentions()),
            )
        )
        partners = self.env["res.partner"].sudo().browse(row[0] for row in found)
        partners.with_context(tracking_disable=True).action_archive()
        self.sudo().archived_partner_ids = partners
        return partners

    def _get_mentions(self):
        """Return the table columns that make a customer worth keeping.

        Extension point: a module with documents of its own adds them here.
        """
        models_and_fields = (
            ("sale.order", "partner_id"),
            ("sale.order", "partner_invoice_id"),
            ("sale.order", "partner_shipping_id"),
            ("account.move", "partner_id"),
            ("account.move", "commercial_partner_id"),
            ("account.payment", "partner_id"),
            ("crm.lead", "partner_id"),
            ("loyalty.card", "partner_id"),
            ("pos.order", "partner_id"),
            ("purchase.order", "partner_id"),
            ("project.project", "partner_id"),
            ("stock.picking", "partner_id"),
        )
        return [
            (self.env[model]._table, field)
            for model, field in models_and_fields
            if model in self.env and self.env[model]._fields[field].store
        ]
