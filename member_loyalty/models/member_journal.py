from functools import partial

from odoo import api, models

from ..queries import purchase_history as history
from ..queries import purchase_journal as queries

BATCH_SIZE = 1000


class MemberJournal(models.AbstractModel):
    """Keeps the journal true to the sales documents.

    Collect what the documents say and what is booked, decide what is missing
    (``logic.purchase_journal``), book it. Doing it twice books nothing more.
    """

    _name = "member.journal"
    _inherit = "member.journal.document"
    _description = "Member Journal"

    @api.model
    def _settle(self, order_ids=(), move_ids=()):
        """Book what is missing for these documents, let members rise and earn.

        :param order_ids: ids of sales orders that may have changed
        :param move_ids: ids of customer invoices and credit notes
        :return: the new activities
        """
        changed_ids = frozenset(order_ids)
        if move_ids:
            order_ids = {*order_ids, *self._find_order_ids(move_ids)}
        activities = (
            self.env["member.activity"]
            .sudo()
            .create(
                self._prepare_order_activities(sorted(order_ids), move_ids, changed_ids)
                + self._prepare_credit_note_activities(move_ids)
            )
        )
        activities._enroll_customers()
        activities._let_members_rise()
        self.env["sale.order"].browse(sorted(order_ids))._settle_points()
        return activities

    @api.model
    def _find_order_ids(self, move_ids):
        """Find the sales orders that invoices or credit notes belong to."""
        rows = self.env.execute_query(queries.orders_of_moves(self.env, move_ids))
        return [order_id for (order_id,) in rows]

    @api.model
    def _find_drift(self, company):
        """Compare the journal with every document it should hold, in batches.

        :return: the values of the activities that would put it right; none when the
            journal is what a rebuild from the documents would give
        """
        drift = []
        for model, prepare, find in (
            ("sale.order", self._prepare_order_activities, history.unbooked_orders),
            (
                "account.move",
                self._prepare_credit_note_activities,
                history.unbooked_credit_notes,
            ),
        ):
            for question in (find, partial(history.booked_documents, model=model)):
                for document_ids in self._iterate_documents(company, question):
                    drift += prepare(document_ids)
        return drift

    @api.model
    def _iterate_documents(self, company, question):
        """Yield the ids of documents in batches, as ``question`` finds them."""
        after = 0
        while rows := self.env.execute_query(
            question(self.env, company.ids, after=after, limit=BATCH_SIZE)
        ):
            document_ids = [document_id for (document_id,) in rows]
            yield document_ids
            after = document_ids[-1]

    @api.model
    def _follow_contacts(self, contacts):
        """Bring the journal along after contacts came to belong to somebody else.

        What they bought and did goes to the company they are of now, each at its own
        date.

        :param contacts: all contacts concerned, with those below them
        :return: the new activities
        """
        Activity = self.env["member.activity"]
        rows = Activity.search([("partner_id", "in", contacts.ids)], order="id")
        strays = rows.filtered(
            lambda row: (
                row.commercial_partner_id != row.partner_id.commercial_partner_id
            )
        )
        purchases = strays.filtered(lambda row: row.kind == "purchase")
        last = {row.source_key: row for row in purchases}
        booked = self._find_booked(sorted(last))
        moved = Activity.create(
            [
                values
                for source_key, row in last.items()
                for values in row._prepare_move_values(booked[source_key])
            ]
            + (strays - purchases)._prepare_quantity_moves()
        )
        moved._enroll_customers()
        programs = self.env["member.program"].with_context(active_test=True)
        for program in programs.search([("active", "=", True)]):
            members = program._get_member_partners(contacts)
            program._let_members_rise(members.ids)
        return moved
