from collections import defaultdict
from decimal import Decimal
from functools import partial

from odoo import api, models

from ..logic.purchase_journal import (
    Booked,
    DocumentValue,
    OrderState,
    Owner,
    Posting,
    Rate,
    exact,
    plan_document,
    plan_order,
)
from ..queries import purchase_history as history
from ..queries import purchase_journal as queries

BATCH_SIZE = 1000


class MemberJournal(models.AbstractModel):
    """Keeps the journal true to the sales documents.

    Collect what the documents say and what is booked, decide what is missing
    (``logic.purchase_journal``), book it. Doing it twice books nothing more.
    """

    _name = "member.journal"
    _description = "Member Journal"

    @api.model
    def _settle(self, order_ids=(), move_ids=()):
        """Book what is missing for these documents and let their members rise.

        :param order_ids: ids of sales orders that may have changed
        :param move_ids: ids of customer invoices and credit notes
        :return: the new activities
        """
        activities = self._book_orders(order_ids)
        if move_ids:
            activities += self._book_credit_notes(move_ids)
            activities += self._book_orders(self._find_order_ids(move_ids), move_ids)
        activities._enroll_customers()
        activities._let_members_rise()
        return activities

    @api.model
    def _find_order_ids(self, move_ids):
        """Find the sales orders that invoices or credit notes belong to."""
        rows = self.env.execute_query(queries.orders_of_moves(self.env, move_ids))
        return [order_id for (order_id,) in rows]

    @api.model
    def _book_orders(self, order_ids, corrected_by_move_ids=()):
        """Book what is missing for sales orders and return the new activities."""
        return (
            self.env["member.activity"]
            .sudo()
            .create(self._prepare_order_activities(order_ids, corrected_by_move_ids))
        )

    @api.model
    def _prepare_order_activities(self, order_ids, corrected_by_move_ids=()):
        """Return the values of the activities that are missing for sales orders.

        :param corrected_by_move_ids: the invoices and credit notes that made the
            orders look different; the correction is dated like the last of them
        """
        if not order_ids:
            return []
        rows = self.env.execute_query(queries.order_states(self.env, order_ids))
        booked = self._find_booked([f"sale.order,{row[0]}" for row in rows])
        values = []
        for row in rows:
            (order_id, name, company_id, *owner, confirmed, ordered_at) = row[:8]
            ordered, invoiced, credited, credited_on = row[8:]
            company = self.env["res.company"].browse(company_id)
            ordered_on = company._get_member_day(ordered_at)
            key = f"sale.order,{order_id}"
            rate = self._get_rate(company, owner[2], ordered_on, booked[key])
            postings = plan_order(
                booked[key].postings,
                Owner(*owner),
                OrderState(*map(exact, (ordered, invoiced, credited)), confirmed),
                rate,
                ordered_on,
                credited_on if corrected_by_move_ids and credited_on
                else company._member_today(),
            )
            events = self._name_order_events(
                booked[key], postings, confirmed, bool(corrected_by_move_ids)
            )
            values += self._prepare_activities(
                company, "sale.order", order_id, name, booked[key], rate,
                zip(postings, events, strict=True),
            )
        return values

    @api.model
    def _book_credit_notes(self, move_ids):
        """Book what is missing for customer credit notes and return the new rows."""
        return (
            self.env["member.activity"]
            .sudo()
            .create(self._prepare_credit_note_activities(move_ids))
        )

    @api.model
    def _prepare_credit_note_activities(self, move_ids):
        """Return the values of the activities that are missing for credit notes."""
        if not move_ids:
            return []
        rows = self.env.execute_query(queries.credit_note_states(self.env, move_ids))
        booked = self._find_booked([f"account.move,{row[0]}" for row in rows])
        values = []
        for move_id, name, company_id, *owner, posted, dated, credited in rows:
            company = self.env["res.company"].browse(company_id)
            today = company._member_today()
            key = f"account.move,{move_id}"
            rate = self._get_rate(company, owner[2], dated or today, booked[key])
            postings = plan_document(
                booked[key].postings,
                Owner(*owner),
                DocumentValue(-exact(credited) if posted else Decimal(0), 0),
                rate,
                (dated or today) if posted else today,
            )
            event = "credited" if posted else "credit_cancelled"
            values += self._prepare_activities(
                company, "account.move", move_id, name, booked[key], rate,
                ((posting, event) for posting in postings),
            )
        return values

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
    def _follow_merge(self, partner):
        """Bring the journal along after contacts were merged into ``partner``.

        Odoo has repointed the contact; where that made it a contact of another
        company, the purchases go to that company too, each at its own date.
        """
        Activity = self.env["member.activity"]
        strays = Activity.search(
            [
                ("partner_id", "=", partner.id),
                ("commercial_partner_id", "!=", partner.commercial_partner_id.id),
            ]
        )
        values = []
        for source_key, booked in self._find_booked(
            sorted(set(strays.mapped("source_key")))
        ).items():
            last = strays.filtered(lambda row, key=source_key: row.source_key == key)[0]
            values += last._prepare_move_values(booked, partner)
        moved = Activity.create(values)
        (moved | Activity.search([("partner_id", "=", partner.id)], limit=1))._let_members_rise()
        return moved

    @api.model
    def _find_booked(self, source_keys):
        """Return what the journal holds of documents, as ``Booked`` by source key."""
        booked = defaultdict(Booked)
        if not source_keys:
            return booked
        for row in self.env.execute_query(
            queries.booked_postings(self.env, source_keys)
        ):
            key, revision, *owner, dated, document_amount, amount, count, rate = row
            booked[key] = booked[key].add(
                Posting(
                    Owner(*owner), dated, exact(document_amount), exact(amount), count
                ),
                revision,
                exact(rate),
            )
        return booked

    @api.model
    def _get_rate(self, company, currency_id, on, booked):
        """Return the rate that a document was frozen at, or is frozen at now."""
        factor = booked.frozen_factor(currency_id)
        if factor is None:
            Currency = self.env["res.currency"]
            factor = exact(
                Currency._get_conversion_rate(
                    Currency.browse(currency_id), company.currency_id, company, on
                )
            )
        return Rate(factor, exact(company.currency_id.rounding))

    @api.model
    def _name_order_events(self, booked, postings, confirmed, by_move):
        """Say of each posting of an order what happened: booked, changed ..."""
        correction = "credited" if by_move else "changed"
        if not confirmed:
            correction = "cancelled"
        is_open = not any(row.order_count or row.document_amount for row in booked.postings)
        was_zero = is_open or not sum(row.document_amount for row in booked.postings)
        first = "booked" if confirmed and was_zero else correction
        return [first if index == 0 else correction for index in range(len(postings))]

    @api.model
    def _prepare_activities(
        self, company, model, document_id, name, booked, rate, postings
    ):
        """Return the values of the journal rows for one document.

        :param postings: pairs of a ``Posting`` and the name of its event
        """
        return [
            {
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                "partner_id": posting.owner.partner_id,
                "commercial_partner_id": posting.owner.commercial_partner_id,
                "kind": "purchase",
                "event": event,
                "date": posting.date,
                "amount": float(posting.amount),
                "order_count": posting.order_count,
                "document_amount": float(posting.document_amount),
                "document_currency_id": posting.owner.currency_id,
                "document_rate": float(rate.factor),
                "source_model": model,
                "source_id": document_id,
                "source_ref": name,
                "source_key": f"{model},{document_id}",
                "revision": revision,
            }
            for revision, (posting, event) in enumerate(postings, booked.revision + 1)
        ]
