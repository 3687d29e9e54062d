from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from odoo import api, fields, models

from ..logic.purchase_journal import OrderState, plan_order
from ..logic.purchase_parts import Part
from ..logic.purchase_posting import (
    Booked,
    DocumentValue,
    Origin,
    Owner,
    Posting,
    Rate,
    day_of_entry,
    exact,
    plan_document,
)
from ..logic.purchase_split import split_postings
from ..queries import credit_notes
from ..queries import purchase_journal as queries


class Order(NamedTuple):
    """A sales order as ``queries.purchase_journal.order_states`` reads it."""

    id: int
    name: str
    company_id: int
    partner_id: int
    commercial_partner_id: int
    currency_id: int
    confirmed: bool
    ordered_at: datetime
    ordered: Decimal
    invoiced: Decimal
    credited: Decimal
    foreign: list
    credited_on: date | None
    last_credited_on: date | None
    country_id: int | None
    team_id: int | None
    lines: list


class CreditNote(NamedTuple):
    """A credit note as ``queries.purchase_journal.credit_note_states`` reads it."""

    id: int
    name: str
    company_id: int
    partner_id: int
    commercial_partner_id: int
    currency_id: int
    posted: bool
    dated: date | None
    credited: Decimal
    country_id: int | None
    team_id: int | None
    lines: list


class MemberJournalDocument(models.AbstractModel):
    """Says what the journal lacks of sales orders and credit notes."""

    _name = "member.journal.document"
    _description = "Documents in the Member Journal"

    @api.model
    def _prepare_order_activities(
        self, order_ids, corrected_by_move_ids=(), resplit_ids=()
    ):
        """Return the values of the activities that are missing for sales orders.

        :param corrected_by_move_ids: the invoices and credit notes that made the
            orders look different; the correction is dated like the last of them
        :param resplit_ids: the orders to be booked as well when only the product
            categories of their lines are others
        """
        if not order_ids:
            return []
        orders = self._give_to_owners(
            "sale.order",
            [
                Order(*row)
                for row in self.env.execute_query(
                    queries.order_states(self.env, order_ids, corrected_by_move_ids)
                )
            ],
        )
        booked = self._find_booked([f"sale.order,{order.id}" for order in orders])
        values = []
        for order in orders:
            held = booked[f"sale.order,{order.id}"]
            values += self._prepare_missing_of_order(
                order, held, order.id in resplit_ids
            )
        return values

    @api.model
    def _give_to_owners(self, model, documents):
        """Return documents with the customers whose purchases they are.

        Seam: those whom the documents name, unless a module knows better.

        :param str model: of the documents
        :param documents: named tuples with ``partner_id``, ``commercial_partner_id``
        """
        return documents

    @api.model
    def _prepare_missing_of_order(self, order, booked, resplit):
        """Return the values of the activities that one order lacks."""
        company = self.env["res.company"].browse(order.company_id)
        today = company._member_today()
        ordered_on = company._get_member_day(order.ordered_at)
        rate = self._get_rate(company, order.currency_id, ordered_on, booked)
        credited_on = order.credited_on or (
            not booked.postings and order.last_credited_on
        )
        plan = plan_order(
            booked.postings,
            Owner(order.partner_id, order.commercial_partner_id, order.currency_id),
            self._get_order_state(company, order),
            rate,
            ordered_on,
            day_of_entry(booked.postings, credited_on, today) if credited_on else today,
            resplit,
        )
        correction = "credited" if credited_on else "changed"
        events = (
            ["changed"] * len(plan.moves)
            + ["booked"] * len(plan.entry)
            + [correction if order.confirmed else "cancelled"] * len(plan.correction)
        )
        return self._prepare_activities(
            company,
            ("sale.order", order.id, order.name),
            booked.revision,
            rate,
            zip(plan.postings, events, strict=True),
        )

    @api.model
    def _get_order_state(self, company, order):
        """Return the order's amounts, all in the currency of the order.

        An invoice or a credit note in another currency is converted at its day.
        """
        billed = {
            "out_invoice": exact(order.invoiced),
            "out_refund": exact(order.credited),
        }
        currency = self.env["res.currency"].browse(order.currency_id)
        for move_type, currency_id, dated, amount in order.foreign or ():
            other = self.env["res.currency"].browse(currency_id)
            converted = other._convert(
                amount, currency, company, fields.Date.to_date(dated)
            )
            billed[move_type] += exact(currency.round(converted))
        return OrderState(
            exact(order.ordered),
            billed["out_invoice"],
            billed["out_refund"],
            order.confirmed,
            Origin(order.country_id, order.team_id),
            self._get_parts(order.lines),
        )

    @api.model
    def _prepare_credit_note_activities(self, move_ids):
        """Return the values of the activities that are missing for credit notes."""
        if not move_ids:
            return []
        rows = self.env.execute_query(
            credit_notes.credit_note_states(self.env, move_ids)
        )
        booked = self._find_booked([f"account.move,{row[0]}" for row in rows])
        values = []
        notes = [CreditNote(*row) for row in rows]
        for note in self._give_to_owners("account.move", notes):
            values += self._prepare_missing_of_credit_note(
                note, booked[f"account.move,{note.id}"]
            )
        return values

    @api.model
    def _prepare_missing_of_credit_note(self, note, booked):
        """Return the values of the activities that one credit note lacks."""
        company = self.env["res.company"].browse(note.company_id)
        today = company._member_today()
        rate = self._get_rate(company, note.currency_id, note.dated or today, booked)
        postings = plan_document(
            booked.postings,
            Owner(note.partner_id, note.commercial_partner_id, note.currency_id),
            DocumentValue(-exact(note.credited) if note.posted else Decimal(0), 0),
            rate,
            day_of_entry(booked.postings, note.posted and note.dated or today, today),
            Origin(note.country_id, note.team_id),
        )
        lines = self._get_parts(note.lines)
        event = "credited" if note.posted else "credit_cancelled"
        return self._prepare_activities(
            company,
            ("account.move", note.id, note.name),
            booked.revision,
            rate,
            (
                (posting, event)
                for posting in split_postings(
                    booked.postings, postings, lines, rate.rounding
                )
            ),
        )

    @api.model
    def _find_booked(self, source_keys):
        """Return what the journal holds of documents, as ``Booked`` by source key."""
        booked = defaultdict(Booked)
        if not source_keys:
            return booked
        for row in self.env.execute_query(
            queries.booked_postings(self.env, source_keys)
        ):
            key, revision, *owner, dated, worth, amount, count, rate = row[:10]
            *origin, lines = row[10:]
            posting = Posting(
                Owner(*owner),
                dated,
                exact(worth),
                exact(amount),
                count,
                Origin(*origin),
                self._get_parts(lines),
            )
            booked[key] = booked[key].add(posting, revision, exact(rate))
        return booked

    @api.model
    def _get_parts(self, rows):
        """Return ``Part`` of rows of category, amount and quantity; None is nothing."""
        return tuple(
            Part(category_id, exact(amount), exact(quantity))
            for category_id, amount, quantity in rows or ()
        )

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
    def _prepare_activities(self, company, document, revision, rate, postings):
        """Return the values of the journal rows for one document.

        :param document: its model, id and number
        :param revision: number of the last row that is booked
        :param postings: pairs of a ``Posting`` and the name of its event
        """
        model, document_id, name = document
        Activity = self.env["member.activity"]
        return [
            {
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                "kind": "purchase",
                "event": event,
                **Activity._prepare_posting_values(posting),
                "document_rate": float(rate.factor),
                "source_model": model,
                "source_id": document_id,
                "source_ref": name,
                "source_key": f"{model},{document_id}",
                "revision": number,
            }
            for number, (posting, event) in enumerate(postings, revision + 1)
        ]
