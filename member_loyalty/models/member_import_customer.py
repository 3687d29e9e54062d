import json

from odoo import fields, models
from odoo.tools import split_every

from ..queries import purchase_import_customer as queries

CREATED_AT_ONCE = 1000


class MemberImportCustomer(models.AbstractModel):
    """Finds the customers of a file among the contacts, and creates the others."""

    _name = "member.import.customer"
    _description = "Customers of an Import"

    created_partner_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="member_import_created_partner_rel",
        column1="import_id",
        column2="partner_id",
        string="Created Customers",
        readonly=True,
        copy=False,
        help="Customers that this batch created, or brought back from the archive that"
        " the undoing of an earlier one had put them in.",
    )
    archived_partner_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="member_import_archived_partner_rel",
        column1="import_id",
        column2="partner_id",
        string="Customers Archived Again",
        readonly=True,
        copy=False,
    )

    def _match_customers(self):
        """Find customers by reference, then by mail, then by name."""
        self.ensure_one()
        self.env.execute_query(queries.forget_matches(self.id))
        company_ids = self.company_id.parent_ids.ids
        for query in (
            queries.match_by_ref(self.env, self.id, company_ids),
            queries.match_by_mail(self.env, self.id, company_ids),
            queries.match_by_name(self.env, self.id, self.company_id.id),
        ):
            self.env.execute_query(query)

    def _create_customers(self):
        """Create the customers that were not found.

        Those with a reference come first: a document that only names a mail address
        belongs to the customer with that address.
        """
        self.ensure_one()
        self._create_missing_customers(has_ref=True)
        self.env.execute_query(
            queries.match_by_mail(self.env, self.id, self.company_id.parent_ids.ids)
        )
        self._create_missing_customers(has_ref=False)

    def _create_missing_customers(self, has_ref):
        """Create customers with (or without) a reference that were not found."""
        rows = self.env.execute_query(queries.unknown_customers(self.id, has_ref))
        Partner = (
            self.env["res.partner"]
            .sudo()
            .with_context(
                tracking_disable=True,
                mail_create_nolog=True,
                mail_create_nosubscribe=True,
                no_vat_validation=True,
            )
        )
        for some in split_every(CREATED_AT_ONCE, rows, list):
            partners = Partner.create([self._prepare_customer(*row) for row in some])
            pairs = [
                {"customer_key": row[0], "partner_id": partner.id}
                for row, partner in zip(some, partners, strict=True)
            ]
            self.env.execute_query(
                queries.set_created_customers(self.id, json.dumps(pairs))
            )
            self._remember_created(partners)

    def _prepare_customer(self, key, ref, email, name, country_id):
        """Return the values of a customer that is to be created.

        Extension point: another module can say more about imported customers.
        """
        values = {
            "name": (
                name or email or self.env._("Customer %(reference)s", reference=ref)
            ),
            "ref": ref or False,
            "email": email or False,
            "country_id": country_id,
            "is_company": True,
        }
        if "customer_rank" in self.env["res.partner"]._fields:
            values["customer_rank"] = 1
        return values

    def _bring_back_customers(self):
        """Take the customers out of the archive that an undoing had put there."""
        self.ensure_one()
        rows = self.env.execute_query(queries.archived_by_undo(self.env, self.id))
        partners = self.env["res.partner"].sudo().browse(row[0] for row in rows)
        partners.with_context(tracking_disable=True).action_unarchive()
        self._remember_created(partners)

    def _remember_created(self, partners):
        """Remember which customers came into being by this batch."""
        if partners:
            self.sudo().created_partner_ids = [
                fields.Command.link(partner_id) for partner_id in partners.ids
            ]
