import logging

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..queries import follow_ups as queries
from ..queries.execution import execute_quietly
from .member_follow_up_points import PENDING, POINTS
from .member_follow_up_uses import BENEFIT_USES

_logger = logging.getLogger(__name__)

SLICE = 500
TIER_MOVES = "tier_moves"
FIRST_ORDERS = "first_orders"
ACCOUNT_MANAGERS = "account_managers"


class MemberFollowUp(models.Model):
    """Something that happened and that others follow up a moment later, in sets.

    Whoever moves a member only leaves a row here, in the same transaction. What
    follows (telling the member, giving gifts, assigning account managers) can be
    slow or fail, and must not hold up or break the order that caused it.
    """

    _name = "member.follow.up"
    _description = "Follow-up"
    _inherit = [
        "member.follow.up.moves",
        "member.follow.up.points",
        "member.follow.up.uses",
    ]
    _log_access = False
    _order = "id"
    _rec_name = "topic"

    topic = fields.Char(required=True, readonly=True)
    record_id = fields.Integer(required=True, readonly=True, aggregator=None)

    _next = models.Index("(topic, id)")

    @api.model
    def _queue(self, topic, record_ids):
        """Have records followed up: by the method ``_follow_<topic>``."""
        if record_ids:
            self.env.execute_query(queries.queue(topic, record_ids))
            self._come_soon()

    @api.model
    def _queue_tier_moves(self, memberships):
        """Have the latest decisions on these memberships followed up.

        Whoever calls asks first whether anything follows in their program.
        """
        if memberships:
            self.env["member.tier.decision"].flush_model()
            self.env.execute_query(
                queries.queue_last_decisions(TIER_MOVES, memberships.ids)
            )
            self._come_soon()

    @api.model
    def _come_soon(self):
        self.env.ref("member_loyalty.ir_cron_member_follow_up").sudo()._trigger()

    @api.model
    def _get_topics(self):
        """Return the topics there are. Seam: a module adds its own to the list."""
        return [
            *(TIER_MOVES, ACCOUNT_MANAGERS, FIRST_ORDERS),
            *(POINTS, PENDING, BENEFIT_USES),
        ]

    @api.model
    def _cron_follow_up(self):
        """Follow up what is in the queue, slice by slice, each one committed.

        A topic that fails is reported and does not keep the others waiting.
        """
        batch = self.env["member.batch"]
        for topic in self._get_topics():
            with batch._report_and_go_on(
                _logger, "Following up %s failed", topic, come_back=self._come_soon
            ):
                while count := batch._run_batch(
                    lambda topic=topic: self._follow_next(topic)
                ):
                    if not self.env["ir.cron"]._commit_progress(count, remaining=1):
                        return
        self.env["ir.cron"]._commit_progress(remaining=0)

    @api.model
    def _follow_next(self, topic):
        """Follow up the next records of a topic; return how many there were."""
        rows = execute_quietly(self.env, queries.take_next(topic, SLICE))
        record_ids = sorted({record_id for (record_id,) in rows})
        follow = getattr(self.sudo(), f"_follow_{topic}")
        if record_ids and not self._follow_safely(follow, record_ids):
            for record_id in record_ids:
                self._follow_safely(follow, [record_id])
        return len(rows)

    @api.model
    def _follow_safely(self, follow, record_ids):
        """Follow up records; one that fails must not hold up the others for ever.

        :return: False when it failed and nothing of it was kept
        """
        try:
            with self.env.cr.savepoint():
                follow(record_ids)
        except (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, ConcurrencyError):
            raise
        except Exception:
            if self.env.cr.connection.closed:
                raise
            self.env.invalidate_all(flush=False)
            if len(record_ids) == 1:
                _logger.exception("Following up %s failed", record_ids[0])
            return False
        return True

    @api.model
    def _follow_tier_moves(self, decision_ids):
        """Do what follows when members joined, rose or fell.

        Seam: extend it. What it does may be repeated, so it must not matter twice.

        :param decision_ids: ids of ``member.tier.decision``
        :return: the decisions, which are there, with rights
        """
        decisions = self.env["member.tier.decision"].sudo().browse(decision_ids)
        decisions = decisions.exists()
        decisions.membership_id._settle_account_managers()
        self._tell_moves(decisions)
        self.env["member.benefit"]._give_for_moves(decisions)
        return decisions

    @api.model
    def _follow_first_orders(self, order_ids):
        """Thank for those of these orders that are the first of their members."""
        orders = self.env["sale.order"].sudo().browse(order_ids).exists()
        self.env["member.benefit"]._give_for_orders(orders)

    @api.model
    def _follow_account_managers(self, membership_ids):
        """Give members the account managers they are promised."""
        memberships = self.env["member.membership"].sudo().browse(membership_ids)
        memberships.exists()._settle_account_managers()
