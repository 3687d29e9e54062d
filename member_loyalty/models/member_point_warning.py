from odoo import api, fields, models

from ..logic.notification import Notice


class MemberPointWarning(models.Model):
    """A member was told that points will expire."""

    _name = "member.point.warning"
    _description = "Warning of Expiring Points"
    _inherit = ["member.mail.partner"]
    _told_member_field = "owner_id"
    _log_access = False
    _order = "told_at desc, id desc"
    _rec_name = "card_id"

    card_id = fields.Many2one(
        comodel_name="loyalty.card", required=True, readonly=True, ondelete="cascade"
    )
    owner_id = fields.Many2one(related="card_id.member_owner_id", string="Member")
    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    expires_on = fields.Date(
        string="Last Day",
        required=True,
        readonly=True,
        help="The last day on which the points can be used.",
    )
    days = fields.Integer(
        string="Days Before",
        required=True,
        readonly=True,
        aggregator=None,
        help="The program's number of days that the member was told for.",
    )
    points = fields.Float(digits=(16, 2), required=True, readonly=True)
    points_text = fields.Char(compute="_compute_points_text")
    told_at = fields.Datetime(string="Told at", required=True, readonly=True)
    told_with_ids = fields.Many2many(
        comodel_name="member.point.warning",
        string="Told at Once",
        compute="_compute_told_with_ids",
        help="All the points of the card that the same mail is about.",
    )
    reward_ids = fields.Many2many(
        comodel_name="loyalty.reward",
        string="Would Buy",
        compute="_compute_reward_ids",
        help="What the points on the card would buy today.",
    )

    _once = models.UniqueIndex("(card_id, expires_on, days)")
    _told = models.Index("(told_at)")

    @api.depends("points", "card_id")
    @api.depends_context("lang")
    def _compute_points_text(self):
        for warning in self:
            warning.points_text = warning.card_id._format_points(warning.points)

    @api.depends("card_id", "told_at")
    def _compute_told_with_ids(self):
        told = self.sudo().search(
            [
                ("card_id", "in", self.card_id.ids),
                ("told_at", "in", list(set(self.mapped("told_at")))),
            ],
            order="expires_on, id",
        )
        groups = told.grouped(lambda warning: (warning.card_id.id, warning.told_at))
        for warning in self:
            warning.told_with_ids = groups.get(
                (warning.card_id.id, warning.told_at), warning
            )

    @api.depends("card_id")
    def _compute_reward_ids(self):
        for warning in self:
            warning.reward_ids = self.env["loyalty.reward"].concat(
                *self.env["member.program"]._get_affordable_rewards(warning.card_id)
            )

    def _get_offers(self):
        """Return what the points would buy, as the mail says it: name and price."""
        self.ensure_one()
        prices = self.env["member.program"]._get_affordable_rewards(self.card_id)
        return [
            (
                reward.with_context(lang=self.env.lang).description,
                self.card_id._format_points(points),
            )
            for reward, points in prices.items()
        ]

    def _queue_mails(self):
        """Tell the owner of each card once, of all that was found; queue the mails."""
        first = self.browse(
            warnings[0].id for warnings in self.grouped("card_id").values()
        )
        for program, warnings in first.grouped("program_id").items():
            self.env["member.notification"]._notify(
                "points_expiring",
                [
                    Notice(
                        warning.owner_id.id,
                        f"warning,{warning.id}",
                        {
                            "points": warning._say_points,
                            "balance": warning._say_balance,
                            "day": warning.expires_on,
                            "rewards": warning._say_offers,
                        },
                        source=(warning._name, warning.id),
                    )
                    for warning in warnings
                ],
                program,
            )

    def _say_points(self, env):
        """Return the points that expire in words, in a reader's language."""
        return self.with_env(env).points_text

    def _say_balance(self, env):
        """Return all points of the card in words, in a reader's language."""
        card = self.card_id.with_env(env)
        return card._format_points(card.member_usable_points)

    def _say_offers(self, env):
        """Return what the points would buy, in a reader's language."""
        return [
            f"{reward}: {price}" for reward, price in self.with_env(env)._get_offers()
        ]
