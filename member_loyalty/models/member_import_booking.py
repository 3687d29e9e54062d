import json

from odoo import fields, models
from odoo.exceptions import LockError, UserError

from ..queries import purchase_import as queries
from ..queries import (
    purchase_import_customer,
    purchase_import_report,
    purchase_import_staging,
)


class MemberImportBooking(models.AbstractModel):
    """Writes the good documents of a batch into the journal, as one transaction."""

    _name = "member.import.booking"
    _description = "Booking of an Import"

    booked_count = fields.Integer(string="Recorded", readonly=True, copy=False)
    enrolled_count = fields.Integer(string="New Members", readonly=True, copy=False)
    membership_ids = fields.Many2many(
        comodel_name="member.membership",
        relation="member_import_membership_rel",
        column1="import_id",
        column2="membership_id",
        string="Enrolled Members",
        readonly=True,
        copy=False,
    )

    def _book(self):
        """Create the missing customers, book the documents, enrol the members.

        All or nothing: a batch that is interrupted can simply be imported again.
        """
        self.ensure_one()
        self._lock_company_imports()
        self._recognise()
        self._check_is_worth_importing()
        created = self.customer_new_count
        self._create_customers()
        self._bring_back_customers()
        rows = self.env.execute_query(
            queries.book_documents(self.env, self, json.dumps(self._get_rates()))
        )
        self.env["member.activity"].invalidate_model()
        memberships = self._enroll_customers()
        self.env.execute_query(purchase_import_staging.forget_parts(self.id))
        self.env.execute_query(queries.analyze_journal())
        self.write(
            {
                "state": "done",
                "booked_count": len(rows),
                "enrolled_count": len(memberships),
            }
        )
        self._say_booked(created)

    def _lock_company_imports(self):
        """Let one import of a company be written at a time.

        Two at once would create the customers that both bring twice.

        :raises UserError: when another one is being written
        """
        batches = self.sudo().search([("company_id", "=", self.company_id.id)])
        try:
            batches.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "Another purchase history of %(company)s is being imported or"
                    " checked just now. Wait a minute and try again.",
                    company=self.company_id.name,
                )
            ) from error

    def _get_rates(self):
        """Return Odoo's rate for each foreign currency and day of the batch."""
        company = self.company_id
        Currency = self.env["res.currency"]
        return [
            {
                "currency_id": currency_id,
                "date": day.isoformat(),
                "rate": Currency._get_conversion_rate(
                    Currency.browse(currency_id), company.currency_id, company, day
                ),
            }
            for currency_id, day in self.env.execute_query(
                purchase_import_report.conversion_days(
                    self.id, self.moved_days, company.currency_id.id
                )
            )
        ]

    def _enroll_customers(self):
        """Make the customers members of the programs that take them on import.

        Also those whose documents are all worth nothing: they are customers.
        """
        rows = self.env.execute_query(purchase_import_customer.customers(self.id))
        partners = self.env["res.partner"].sudo().browse(row[0] for row in rows)
        memberships = self.env["member.membership"].sudo()
        programs = (
            self.env["member.program"].sudo()._get_company_programs(self.company_id)
        )
        for program in programs:
            if program.enroll_on_import:
                memberships |= program._enroll_partners(partners, "import")
        self.sudo().membership_ids = [fields.Command.set(memberships.ids)]
        return memberships

    def _say_booked(self, created):
        """Keep the result of the import in the chatter."""
        self._say(
            self.env._(
                "Imported: %(booked)s documents recorded, %(created)s customers"
                " created, %(enrolled)s new members. Evaluate the program to let them"
                " rise.",
                booked=self.booked_count,
                created=created,
                enrolled=self.enrolled_count,
            )
        )
