from contextlib import contextmanager
from dataclasses import dataclass, field

from odoo import models

PENDING = "member_loyalty.pending"


@dataclass(slots=True)
class Pending:
    """Documents changed in this transaction whose journal is not settled yet."""

    depth: int = 0
    order_ids: set[int] = field(default_factory=set)
    move_ids: set[int] = field(default_factory=set)
    benefit_order_ids: set[int] = field(default_factory=set)


class MemberJournalSource(models.AbstractModel):
    """A native document that the journal follows.

    Changes nest: confirming an order writes the order and its lines. Only when the
    outermost of them is through is the journal settled, once, for all documents
    that were touched.
    """

    _name = "member.journal.source"
    _description = "Source of Member Activities"

    @contextmanager
    def _follow_in_journal(self):
        """Settle the journal after the block, for what was touched in it."""
        data = self.env.cr.precommit.data
        pending = data.setdefault(PENDING, Pending())
        pending.depth += 1
        try:
            yield pending
        finally:
            pending.depth -= 1
        if pending.depth:
            return
        if pending.benefit_order_ids:
            self._settle_benefits_of(pending)
        if pending.order_ids or pending.move_ids:
            order_ids, move_ids = pending.order_ids, pending.move_ids
            pending.order_ids, pending.move_ids = set(), set()
            self.env["member.journal"].sudo()._settle(order_ids, move_ids)

    def _settle_benefits_of(self, pending):
        """Settle the benefits of orders that were touched.

        The lines that they bring are part of the same change: what the journal and
        the points make of the order waits for them.
        """
        order_ids, pending.benefit_order_ids = pending.benefit_order_ids, set()
        pending.depth += 1
        try:
            orders = self.env["sale.order"].browse(sorted(order_ids))
            orders._settle_benefits()
        finally:
            pending.depth -= 1
            pending.benefit_order_ids = set()
