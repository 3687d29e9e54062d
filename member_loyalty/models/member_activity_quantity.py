from odoo import api, models
from odoo.tools import groupby

from ..logic.purchase_posting import Origin
from ..logic.quantity_posting import Holder, QuantityPosting, follow_contact


class MemberActivityQuantity(models.AbstractModel):
    """Activities that are no purchases: referrals, inquiries, what modules add."""

    _name = "member.activity.quantity"
    _description = "Activities That Are No Purchases"

    def _get_quantity_posting(self):
        """Return this row as the pure :class:`QuantityPosting`."""
        self.ensure_one()
        return QuantityPosting(
            Holder(
                self.company_id.id, self.partner_id.id, self.commercial_partner_id.id
            ),
            self.date,
            self.quantity,
            Origin(self.country_id.id or None, self.team_id.id or None),
        )

    @api.model
    def _prepare_quantity_values(self, posting):
        """Return the values that a ``QuantityPosting`` of ``logic`` says of a row."""
        company = self.env["res.company"].browse(posting.holder.company_id)
        return {
            "company_id": company.id,
            "currency_id": company.currency_id.id,
            "partner_id": posting.holder.partner_id,
            "commercial_partner_id": posting.holder.commercial_partner_id,
            "country_id": posting.origin.country_id,
            "team_id": posting.origin.team_id,
            "date": posting.date,
            "quantity": posting.quantity,
            "amount": 0,
        }

    def _prepare_quantity_moves(self):
        """Return the rows that give these to the companies their contacts are of now.

        :param self: activities that are no purchases
        """
        keys = set(self.mapped("source_key"))
        booked = self.sudo().search(
            [("source_key", "in", sorted(keys)), ("kind", "!=", "purchase")],
            order="source_key, revision, id",
        )
        moves = []
        for _key, rows in groupby(booked, lambda row: (row.source_key, row.kind)):
            rows = self.browse().union(*rows)
            moves += rows._prepare_moves_of_document()
        return moves

    def _prepare_moves_of_document(self):
        """Return the rows that bring one document's rows to the companies of now."""
        postings = [row._get_quantity_posting() for row in self]
        last, revision = self[-1], max(self.mapped("revision"))
        moves = [
            posting
            for partner in self.partner_id
            for posting in follow_contact(
                postings, partner.id, partner.commercial_partner_id.id
            )
        ]
        return [
            {
                **last.copy_data()[0],
                **self._prepare_quantity_values(posting),
                "event": "changed",
                "revision": number,
            }
            for number, posting in enumerate(moves, revision + 1)
        ]
