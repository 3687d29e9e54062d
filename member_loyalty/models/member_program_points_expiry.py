from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..queries import point_expiry
from ..queries.execution import execute_quietly

LOTS_AT_ONCE = 20_000
MINUTES_TO_COME_BACK = 5
LONGEST_LIFE = 1200  # months
MONTHS_COUNT = frozenset({"months", "inactivity"})


class MemberProgramPointsExpiry(models.AbstractModel):
    """Points that nobody used in time are booked out by themselves."""

    _name = "member.program.points.expiry"
    _description = "Expiry of a Program's Points"

    @api.constrains("points_expiry", "points_expiry_months", "points_expiry_years")
    def _check_expiry(self):
        for program in self:
            months, years = program.points_expiry_months, program.points_expiry_years
            if (
                program.points_expiry in MONTHS_COUNT
                and not 1 <= months <= LONGEST_LIFE
            ):
                raise ValidationError(
                    self.env._(
                        "Points of %(program)s cannot expire after %(months)s months."
                        " Enter a number from 1 to %(most)s.",
                        program=program.name,
                        months=months,
                        most=LONGEST_LIFE,
                    )
                )
            if program.points_expiry == "year_end" and not 0 <= years <= 100:
                raise ValidationError(
                    self.env._(
                        "Points of %(program)s cannot expire after %(years)s years."
                        " Enter a number from 0 to 100.",
                        program=program.name,
                        years=years,
                    )
                )

    @api.model
    def _cron_expire_points(self):
        """Book out what has expired by now, in every program."""
        self._expire_points(fields.Datetime.now())

    @api.model
    def _expire_points(self, at):
        """Book out every point that expired until a moment, slice by slice.

        A slice is one transaction. Whoever kills it in between finds the rest the
        next time. Cards that somebody works on just then are left to a later time.

        :param at: naive UTC datetime
        :return: how many cards lost points
        """
        position, cards, left_out, looked_at = None, 0, 0, LOTS_AT_ONCE
        while looked_at == LOTS_AT_ONCE:
            looked_at, written, missed, *last = self.env["member.batch"]._run_batch(
                lambda after=position: self._expire_slice(
                    point_expiry.find_due(at, after, LOTS_AT_ONCE), at
                )
            )
            position = tuple(last)
            cards += written
            left_out += missed
            remaining = int(looked_at == LOTS_AT_ONCE)
            if not self.env["ir.cron"]._commit_progress(written, remaining=remaining):
                break
        if left_out:
            self._expire_again_soon()
        return cards

    @api.model
    def _expire_cards(self, cards, at):
        """Book out what expired on these cards, in this transaction."""
        if cards:
            self._expire_slice(point_expiry.find_due_of(at, cards.ids), at)

    @api.model
    def _expire_slice(self, due, at):
        """Book out the cards of the ``due`` lots; return what the query says."""
        [row] = execute_quietly(
            self.env,
            point_expiry.expire(
                self.env,
                due,
                at,
                self._get_days_of_companies(at),
                self.env._("Expired"),
                self.env["member.follow.up"]._prepare_queueing_expired(),
            ),
        )
        for name in ("loyalty.card", "member.point.lot", "loyalty.history"):
            self.env[name].invalidate_model()
        if row[1]:
            self.env["member.follow.up"]._come_for_points()
        return row

    @api.model
    def _get_days_of_companies(self, at):
        """Return the day that a moment falls on, by company with a program."""
        programs = self.env["member.program"].sudo().with_context(active_test=False)
        return {
            company.id: company._get_member_day(at)
            for (company,) in programs._read_group([], ["company_id"])
        }

    @api.model
    def _expire_again_soon(self):
        """Have the scheduled action look at the cards that were in use."""
        later = fields.Datetime.add(fields.Datetime.now(), minutes=MINUTES_TO_COME_BACK)
        self.env.ref("member_loyalty.ir_cron_member_point_expiry").sudo()._trigger(
            later
        )
