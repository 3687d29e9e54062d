from odoo import api, fields, models
from odoo.tools import SQL

EVENTS_WITHOUT_MOVE = ("warned",)


class MemberMovementReport(models.Model):
    """Who came into a tier and who left it: two sides of each tier change."""

    _name = "member.movement.report"
    _description = "Tier Movements"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _depends = {
        "member.tier.decision": [
            "membership_id",
            "date",
            "event",
            "from_tier_id",
            "to_tier_id",
        ],
        "member.membership": ["partner_id", "program_id", "company_id"],
        "res.partner": ["country_id"],
    }

    date = fields.Date(readonly=True)
    direction = fields.Selection(
        selection=[("in", "Into the tier"), ("out", "Out of the tier")],
        readonly=True,
        help="A change from Silver to Gold is out of Silver and into Gold.",
    )
    move = fields.Selection(
        selection="_selection_move", readonly=True, help="What moved the member."
    )
    tier_id = fields.Many2one(comodel_name="member.tier", readonly=True)
    other_tier_id = fields.Many2one(
        comodel_name="member.tier",
        string="From or to",
        readonly=True,
        help="The tier on the other side of the change.",
    )
    tier_color = fields.Integer(related="tier_id.color")
    decision_id = fields.Many2one(
        comodel_name="member.tier.decision", string="Tier Change", readonly=True
    )
    membership_id = fields.Many2one(comodel_name="member.membership", readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Member", readonly=True
    )
    program_id = fields.Many2one(comodel_name="member.program", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    country_id = fields.Many2one(comodel_name="res.country", readonly=True)
    count = fields.Integer(string="Members", readonly=True)
    balance = fields.Integer(
        string="Came less Left",
        readonly=True,
        help="1 for who comes into the tier, -1 for who leaves it.",
    )

    @api.model
    def _selection_move(self):
        """Return the events that move a member, as selection values."""
        events = self.env["member.tier.decision"]._fields["event"]
        return [
            (event, label)
            for event, label in events._description_selection(self.env)
            if event not in self._get_events_without_move()
        ]

    @api.model
    def _get_events_without_move(self):
        """Return the events of decisions that leave a member where they are."""
        return EVENTS_WITHOUT_MOVE

    @property
    def _table_query(self):
        """Return a row for each side of each decision that moved somebody."""
        return SQL(
            """
            SELECT decision.id * 2 + side.is_in AS id,
                   decision.date,
                   CASE side.is_in WHEN 1 THEN 'in' ELSE 'out' END AS direction,
                   decision.event AS move,
                   CASE side.is_in WHEN 1 THEN decision.to_tier_id
                                   ELSE decision.from_tier_id END AS tier_id,
                   CASE side.is_in WHEN 1 THEN decision.from_tier_id
                                   ELSE decision.to_tier_id END AS other_tier_id,
                   decision.id AS decision_id,
                   decision.membership_id,
                   membership.partner_id,
                   membership.program_id,
                   membership.company_id,
                   partner.country_id,
                   1 AS count,
                   2 * side.is_in - 1 AS balance
              FROM member_tier_decision decision
              JOIN member_membership membership
                ON membership.id = decision.membership_id
              JOIN res_partner partner ON partner.id = membership.partner_id
        CROSS JOIN (VALUES (0), (1)) side (is_in)
             WHERE decision.from_tier_id IS DISTINCT FROM decision.to_tier_id
               AND decision.event <> ALL(%(without_move)s)
               AND (side.is_in = 1 OR decision.from_tier_id IS NOT NULL)
            """,
            without_move=list(self._get_events_without_move()),
        )

    def action_open_membership(self):
        """Open the member who moved."""
        self.ensure_one()
        return self.membership_id._get_records_action()
