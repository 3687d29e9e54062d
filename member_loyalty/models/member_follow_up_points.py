from functools import partial

from odoo import api, models

from ..logic.notification import Notice
from ..queries import follow_ups as queries

POINTS = "points"
PENDING = "points_pending"
TOLD = frozenset({"earned", "expired"})
PLENTY = 10  # rewards, in one message
# these say themselves how many points it is
TELL_THEMSELVES = frozenset({"member.benefit.gift.issue", "member.referral"})


class MemberFollowUpPoints(models.AbstractModel):
    """Members are told of points that came, can be used now, or have expired."""

    _name = "member.follow.up.points"
    _description = "Telling of Points"

    # Leave what happened in the queue

    @api.model
    def _queue_points(self, entries):
        """Have members told of entries, where their program tells them things."""
        if not self.env["member.program"]._get_telling_program_ids():
            return
        told = entries.filtered(
            lambda one: one.kind in TOLD and one.program_id._tells_members()
        )
        self.env["member.follow.up"].sudo()._queue(POINTS, told.ids)

    @api.model
    def _queue_pending(self, pending):
        """Have members told of points that they have earned and cannot use yet."""
        told = pending.filtered(lambda one: one.program_id._tells_members())
        self.env["member.follow.up"].sudo()._queue(PENDING, told.ids)

    @api.model
    def _prepare_queueing_expired(self):
        """Return the statement that queues what expires; None where nobody is told."""
        program_ids = self.env["member.program"]._get_telling_program_ids()
        return queries.queue_expired(POINTS, program_ids) if program_ids else None

    @api.model
    def _come_for_points(self):
        """Have what expired followed up soon, if anybody is told of it."""
        if self.env["member.program"]._get_telling_program_ids():
            self.env["member.follow.up"].sudo()._come_soon()

    @api.model
    def _follow_points(self, entry_ids):
        """Tell members of entries: those of one document are one message."""
        entries = self.env["member.point.entry"].browse(entry_ids).exists()
        for program, booked in entries.grouped("program_id").items():
            own = booked.filtered(
                lambda one, program=program: (
                    one.owner_id and one.card_id.program_id == program.wallet_id
                )
            )
            self._tell_expired(program, own.filtered(lambda one: one.kind == "expired"))
            self._tell_earned(
                program,
                self._leave_out_history(
                    own.filtered(lambda one: one.kind == "earned" and one.points > 0)
                ),
            )

    @api.model
    def _tell_expired(self, program, entries):
        """Tell members of points that they cannot use any more."""
        self.env["member.notification"]._notify(
            "points_expired",
            [
                self._prepare_point_notice(entry, -entry.points, f"entry,{entry.id}")
                for entry in entries
            ],
            program,
        )

    @api.model
    def _tell_earned(self, program, entries):
        """Tell members of points that came, and of rewards within their reach."""
        groups = self._group_by_document(program, entries)
        released = self._find_released_orders(program, entries)
        notices = {"points_earned": [], "points_available": [], "reward_redeemable": []}
        for group in groups:
            first = group.sorted("id")[0]
            is_release = first.source_model == "sale.order" and (
                first.source_id in released
            )
            kind = "points_available" if is_release else "points_earned"
            points = sum(group.mapped("points"))
            key = f"entry,{first.id}"
            if first.source_model not in TELL_THEMSELVES:
                notices[kind].append(self._prepare_point_notice(first, points, key))
            if reached := self._find_reached_rewards(group.sorted("id")):
                notice = self._prepare_point_notice(first, points, key)
                rewards = partial(self._say_rewards, first.card_id, reached)
                notices["reward_redeemable"].append(
                    Notice(
                        notice.partner_id, key, {**notice.values, "rewards": rewards}
                    )
                )
        for kind, found in notices.items():
            self.env["member.notification"]._notify(kind, found, program)

    @api.model
    def _group_by_document(self, program, entries):
        """Return the entries in groups: all that a document gave at once."""
        documents = entries.filtered("source_id")
        found = entries | self.env["member.point.entry"].search(
            [
                ("program_id", "=", program.id),
                ("kind", "=", "earned"),
                ("points", ">", 0),
                ("source_model", "in", documents.mapped("source_model")),
                ("source_id", "in", documents.mapped("source_id")),
            ]
        )
        groups = found.grouped(
            lambda one: (
                one.card_id.id,
                *((one.source_model, one.source_id) if one.source_id else (one.id,)),
                one.date,
            )
        )
        return [group for group in groups.values() if group & entries]

    @api.model
    def _find_released_orders(self, program, entries):
        """Return the ids of the orders whose points had to wait."""
        orders = entries.filtered(lambda one: one.source_model == "sale.order")
        pending = self.env["member.point.pending"].search(
            [
                ("order_id", "in", orders.mapped("source_id")),
                ("program_id", "=", program.id),
                ("state", "=", "released"),
            ]
        )
        return set(pending.order_id.ids)

    @api.model
    def _leave_out_history(self, entries):
        """Leave out what members were given whose history was brought in."""
        for_joining = entries.filtered(
            lambda one: one.source_model == "member.membership"
        )
        memberships = self.env["member.membership"].browse(
            for_joining.mapped("source_id")
        )
        history = {
            membership.id
            for membership in memberships.exists()
            if self._get_joining(membership).is_history()
        }
        return entries - for_joining.filtered(lambda one: one.source_id in history)

    @api.model
    def _find_reached_rewards(self, group):
        """Return the rewards that these entries, oldest first, brought into reach."""
        before = group[0].balance - group[0].points
        card = group[0].card_id
        prices = self.env["member.program"]._get_affordable_rewards(card)
        return {
            reward: price
            for reward, price in prices.items()
            if before < price <= group[-1].balance
        }

    @api.model
    def _prepare_point_notice(self, entry, points, key):
        card, order = entry.card_id, entry.source_model == "sale.order"
        return Notice(
            entry.owner_id.id,
            key,
            {
                "points": partial(self._say_points, card, points),
                "balance": partial(self._say_usable, card),
                "document": entry.source_ref if order else "",
            },
            source=(entry._name, entry.id),
        )

    @api.model
    def _follow_points_pending(self, pending_ids):
        """Tell members of points that they have earned and cannot use yet."""
        pending = self.env["member.point.pending"].browse(pending_ids).exists()
        waiting = pending.filtered(lambda one: one.state == "waiting" and one.owner_id)
        for program, found in waiting.grouped("program_id").items():
            self.env["member.notification"]._notify(
                "points_earned",
                [
                    Notice(
                        one.owner_id.id,
                        f"pending,{one.id}",
                        {
                            "points": partial(
                                self._say_points, one.card_id, one.points
                            ),
                            "document": one.order_id.name,
                            "day": one.due_on,
                        },
                        source=(one.order_id._name, one.order_id.id),
                    )
                    for one in found
                ],
                program,
            )

    @api.model
    def _say_points(self, card, points, env):
        return card.with_env(env)._format_points(points)

    @api.model
    def _say_usable(self, card, env):
        spoken = card.with_env(env)
        return spoken._format_points(spoken.member_usable_points)

    @api.model
    def _say_rewards(self, card, rewards, env):
        return [
            f"{reward.with_env(env).description}: {self._say_points(card, price, env)}"
            for reward, price in list(rewards.items())[:PLENTY]
        ]
