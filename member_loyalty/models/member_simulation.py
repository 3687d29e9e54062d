from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date


class MemberSimulation(models.Model):
    """What a draft of the rules would do to the members, on their real history.

    Nobody moves. Signing the draft on the strength of a simulation as of today moves
    exactly the members that the simulation lists.
    """

    _name = "member.simulation"
    _description = "Simulation of Rules"
    _inherit = ["member.simulation.work", "member.simulation.export"]
    _order = "id desc"
    _check_company_auto = True

    version_id = fields.Many2one(
        comodel_name="member.ladder.version",
        string="Draft",
        required=True,
        index=True,
        domain="[('state', '=', 'draft')]",
        ondelete="cascade",
    )
    program_id = fields.Many2one(related="version_id.program_id", store=True)
    company_id = fields.Many2one(related="version_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    version_state = fields.Selection(
        related="version_id.state", string="State of the Rules"
    )
    in_force_id = fields.Many2one(
        comodel_name="member.ladder.version",
        string="Compared with",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="The version that was in force when this was simulated.",
    )
    as_of = fields.Date(
        string="As of",
        required=True,
        copy=False,
        default=lambda self: self._default_as_of(),
        help="The last day whose activities count.",
    )
    horizon = fields.Selection(
        selection=[
            ("now", "On the day of the activation"),
            ("settled", "Once every promise has ended"),
        ],
        string="What Happens",
        required=True,
        default="now",
        help="On the day of the activation, members keep what they are promised, and"
        " the version under which they entered. Once every promise has ended, the"
        " draft alone decides.",
    )
    may_fall = fields.Boolean(
        string="Members May Fall at Once",
        help="The activation is a review as well: whoever is no longer promised a tier"
        " can fall on that day. Without it nobody falls before the next review.",
    )
    line_ids = fields.One2many(
        comodel_name="member.simulation.line",
        inverse_name="simulation_id",
        readonly=True,
    )
    tier_ids = fields.One2many(
        comodel_name="member.simulation.tier",
        inverse_name="simulation_id",
        readonly=True,
    )
    revenue_label = fields.Char(
        string="Purchases Are Those", compute="_compute_revenue_label"
    )
    cost_change = fields.Monetary(
        string="Change in Benefit Cost",
        compute="_compute_cost_change",
        help="What the benefits are expected to cost a year under the draft, less"
        " what they cost under the rules in force.",
    )
    outdated_text = fields.Char(string="Outdated", compute="_compute_outdated_text")

    @api.model
    def _default_as_of(self):
        return self.env.company._member_today()

    @api.depends("version_id", "as_of")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for simulation in self:
            simulation.display_name = self.env._(
                "%(program)s, version %(number)s as of %(day)s",
                program=simulation.program_id.name or "",
                number=simulation.version_id.number,
                day=format_date(self.env, simulation.as_of) or "",
            )

    @api.depends("program_id.window_type", "program_id.window_length")
    @api.depends_context("lang")
    def _compute_revenue_label(self):
        for simulation in self:
            program = simulation.program_id
            simulation.revenue_label = program and program._get_window_label()

    @api.depends("tier_ids.draft_cost", "tier_ids.in_force_cost")
    def _compute_cost_change(self):
        for simulation in self:
            tiers = simulation.tier_ids
            simulation.cost_change = sum(tiers.mapped("draft_cost")) - sum(
                tiers.mapped("in_force_cost")
            )

    @api.depends("version_id.rule_ids.condition_ids.display_name", "state", "as_of")
    @api.depends_context("lang")
    def _compute_outdated_text(self):
        for simulation in self:
            is_open = simulation.state == "done" and simulation.version_state == "draft"
            simulation.outdated_text = is_open and simulation._find_outdated()

    @api.onchange("as_of")
    def _onchange_as_of(self):
        """A day in the past has no activation: look at what would come of it."""
        today = (self.company_id or self.env.company)._member_today()
        if self.as_of and self.as_of < today:
            self.horizon = "settled"

    @api.constrains("as_of", "horizon")
    def _check_day(self):
        for simulation in self:
            today = simulation.company_id._member_today()
            if simulation.as_of > today:
                raise ValidationError(
                    self.env._(
                        "Nobody knows yet what will be bought until %(day)s. Simulate"
                        " as of today or an earlier day.",
                        day=format_date(self.env, simulation.as_of),
                    )
                )
            if simulation.horizon == "now" and simulation.as_of != today:
                raise ValidationError(
                    self.env._(
                        "Rules come into force today, not on %(day)s. For a day in the"
                        " past choose “Once every promise has ended”.",
                        day=format_date(self.env, simulation.as_of),
                    )
                )

    @api.constrains("version_id")
    def _check_version(self):
        for simulation in self:
            simulation._check_is_of_draft()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        for simulation in self:
            if simulation.version_id.simulation_id == simulation:
                raise UserError(
                    self.env._(
                        "%(version)s was signed because of this simulation, which is"
                        " kept with it.",
                        version=simulation.version_id.display_name,
                    )
                )

    def action_run(self):
        """Simulate; large programs go on in the background.

        :raises UserError: when the version is no draft, or its rules make no sense
        """
        self.ensure_one()
        self.check_access("write")
        self._check_is_of_draft()
        self._check_day()
        self._begin()
        self._run_now()
        return self._get_records_action(name=self.env._("Simulation"))

    def action_activate(self):
        """Sign the draft that was simulated; see the version."""
        self.ensure_one()
        return self.version_id.action_activate()

    def action_simulate_again(self):
        """Simulate the same as of today and show it."""
        self.ensure_one()
        today = self.company_id._member_today()
        return self.copy({"as_of": today}).action_run()

    def action_open_lines(self):
        """Open everybody for whom something changes."""
        return self._open_lines({})

    def action_open_risers(self):
        """Open the members who rise."""
        return self._open_lines({"search_default_rises": 1})

    def action_open_fallers(self):
        """Open the members who fall."""
        return self._open_lines({"search_default_falls": 1})

    def _open_lines(self, context):
        """Return the action that shows the lines, filtered by a context."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_simulation_line_action"
        )
        action["domain"] = [("simulation_id", "=", self.id)]
        action["context"] = context
        return action

    def _check_is_of_draft(self):
        """Let simulations of drafts pass.

        :raises UserError: for those of rules that are or were in force
        """
        for simulation in self:
            if simulation.version_id.state != "draft":
                raise UserError(
                    self.env._(
                        "%(version)s is no draft: what it does is known. Press “Change"
                        " Rules” in the program and simulate the draft.",
                        version=simulation.version_id.display_name,
                    )
                )

    def _find_outdated(self):
        """Return why nobody can sign because of this simulation, empty if they can."""
        self.ensure_one()
        if self.ladder != self.version_id._get_ladder_data():
            return self.env._("The draft was changed since. Simulate it again.")
        if self.horizon != "now" or self.as_of != self.company_id._member_today():
            return self.env._(
                "To sign the draft, simulate the day of the activation as of today."
            )
        return ""
