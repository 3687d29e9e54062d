from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ..queries import point_allowance as queries
from ..queries.execution import execute_quietly

MANAGER = "member_loyalty.member_loyalty_group_manager"


class MemberPointAllowance(models.Model):
    """How many points an officer has moved by hand on a day, in a program.

    A row that every such action has to update: two at once cannot both believe that
    there is room for them.
    """

    _name = "member.point.allowance"
    _description = "Points Moved by an Officer"
    _log_access = False

    program_id = fields.Many2one(
        comodel_name="member.program", required=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        comodel_name="res.users", required=True, ondelete="cascade"
    )
    day = fields.Date(required=True)
    used = fields.Float(digits=(16, 2), required=True)

    _one_per_day = models.UniqueIndex("(program_id, user_id, day)")

    @api.model
    def _use(self, program, points):
        """Count points that the user moves by hand now.

        :param program: the membership program
        :param points: how many, never negative
        :raises UserError: when it is more than the user may; managers always may
        """
        if self.env.user.has_group(MANAGER):
            return
        program = program.sudo()
        limit = program.points_officer_limit
        if limit and points > limit:
            self._refuse(
                self.env._(
                    "You may move up to %(limit)s points in one action, and these are"
                    " %(points)s. A membership manager can do it.",
                    limit=self._say_points(limit),
                    points=self._say_points(points),
                )
            )
        [(used,)] = execute_quietly(
            self.env,
            queries.use(
                self.env, program.id, program.company_id._member_today(), points
            ),
        )
        self._check_day(program.points_officer_daily_limit, used, points)

    @api.model
    def _check_day(self, limit, used, points):
        """Let pass what fits into the day.

        :raises UserError: when it does not; it says how much is left
        """
        if limit and used > limit:
            self._refuse(
                self.env._(
                    "You may move up to %(limit)s points a day. %(left)s are left for"
                    " today, and these are %(points)s. A membership manager can do"
                    " it, or you go on tomorrow.",
                    limit=self._say_points(limit),
                    left=self._say_points(max(limit - (used - float(points)), 0)),
                    points=self._say_points(points),
                )
            )

    @api.model
    def _refuse(self, message):
        raise UserError(message)

    @api.model
    def _say_points(self, points):
        """Return a number of points as people write it, without needless zeros."""
        points = float(points)
        return formatLang(self.env, points, digits=0 if points.is_integer() else 2)

    @api.autovacuum
    def _gc_past_days(self):
        """Forget the days that are over."""
        self.env.execute_query(queries.forget_before(fields.Date.today()))
