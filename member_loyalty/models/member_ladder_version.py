from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..logic.ladder import Ladder, Tier, ladder_from_data, ladder_to_data
from ..logic.ladder_flaws import find_flaws

COURSE = frozenset(
    {
        "number",
        "state",
        "based_on_id",
        "valid_from",
        "valid_until",
        "activated_by_id",
        "activated_at",
        "ladder",
        "simulation_id",
    }
)


class MemberLadderVersion(models.Model):
    """The rules of a program as they are, were or might become.

    A draft can be changed at will. Once activated it is history: what it says is kept
    as plain data, so that every decision taken under it can be explained and replayed.
    """

    _name = "member.ladder.version"
    _description = "Rule Version"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "member.ladder.version.activation",
        "member.ladder.version.signature",
        "member.ladder.version.tests",
        "member.ladder.version.words",
    ]
    _order = "program_id, number desc, id desc"
    _rec_names_search = ["program_id.name", "note"]
    _check_company_auto = True

    program_id = fields.Many2one(
        comodel_name="member.program", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    number = fields.Integer(readonly=True, copy=False, aggregator=None)
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("in_force", "In Force"),
            ("retired", "Past"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    based_on_id = fields.Many2one(
        comodel_name="member.ladder.version",
        string="Made from",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    active = fields.Boolean(default=True, copy=False)
    note = fields.Text(string="What Changes and Why")
    valid_from = fields.Date(string="In Force from", readonly=True, copy=False)
    valid_until = fields.Date(
        string="In Force until",
        readonly=True,
        copy=False,
        help="The last day on which these rules were in force.",
    )
    activated_by_id = fields.Many2one(
        comodel_name="res.users", string="Signed by", readonly=True, copy=False
    )
    activated_at = fields.Datetime(string="Signed on", readonly=True, copy=False)
    rule_ids = fields.One2many(
        comodel_name="member.tier.rule", inverse_name="version_id", copy=True
    )
    lifetime_tier_ids = fields.Many2many(
        comodel_name="member.tier",
        string="Tiers for Life",
        domain="[('program_id', '=', program_id)]",
        help="Whoever reaches one of these tiers keeps it, unless purchases are taken"
        " back: it is kept as long as its rules hold for everything ever bought.",
    )
    ladder = fields.Json(readonly=True, copy=False)
    flaw_text = fields.Text(string="To Mend", compute="_compute_flaw_text")
    may_change = fields.Boolean(compute="_compute_may_change")

    _one_in_force = models.UniqueIndex(
        "(program_id) WHERE state = 'in_force'",
        "These versions overlap: one version of a program's rules is in force at a"
        " time. Activate a draft; the version before it then ends.",
    )
    _number_once = models.UniqueIndex(
        "(program_id, number)", "This version of the program's rules exists already."
    )

    @api.depends("program_id", "number", "state")
    @api.depends_context("lang")
    def _compute_display_name(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        for version in self:
            version.display_name = self.env._(
                "%(program)s, version %(number)s (%(state)s)",
                program=version.program_id.name or "",
                number=version.number,
                state=states.get(version.state, ""),
            )

    @api.depends("rule_ids.condition_ids.display_name", "lifetime_tier_ids")
    @api.depends_context("lang")
    def _compute_flaw_text(self):
        for version in self:
            version.flaw_text = "\n".join(version._find_flaws())

    @api.depends("state", "program_id")
    def _compute_may_change(self):
        for version in self:
            version.may_change = version._is_open()

    @api.constrains("valid_from", "valid_until", "program_id")
    def _check_no_overlap(self):
        for version in self.filtered("valid_from"):
            domain = [
                ("id", "!=", version.id),
                ("program_id", "=", version.program_id.id),
                ("valid_from", "!=", False),
                "|",
                ("valid_until", "=", False),
                ("valid_until", ">=", version.valid_from),
            ]
            if version.valid_until:
                domain.append(("valid_from", "<=", version.valid_until))
            if self.search_count(domain, limit=1):
                raise ValidationError(
                    self.env._(
                        "The days of %(version)s overlap with another version. Let it"
                        " begin after the other one has ended.",
                        version=version.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Number the versions of each program; what people make begins as a draft."""
        if not self.env.su:
            kept = COURSE - {"based_on_id"}
            vals_list = [
                {name: vals[name] for name in vals.keys() - kept} for vals in vals_list
            ]
        for vals in vals_list:
            program = self.env["member.program"].browse(vals.get("program_id"))
            vals["number"] = 1 + max(
                program.sudo()
                .with_context(active_test=False)
                .version_ids.mapped("number"),
                default=0,
            )
        versions = super().create(vals_list)
        self.env.registry.clear_cache()
        return versions

    def write(self, vals):
        """Keep what was in force as it was.

        :raises UserError: when rules in force of a program with members would change
        """
        if COURSE & vals.keys() and not self.env.su:
            raise UserError(
                self.env._(
                    "When and how rules come into force is not written by hand. Press"
                    " “Change Rules” in the program, simulate the draft and sign it."
                )
            )
        if {"lifetime_tier_ids", "rule_ids", "program_id"} & vals.keys():
            self._check_may_change()
        if not vals.get("active", True):
            self._check_may_archive()
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        for version in self:
            if version.state != "draft" and version.program_id._has_members():
                raise UserError(
                    self.env._(
                        "%(version)s was in force and is history. Only drafts can be"
                        " deleted.",
                        version=version.display_name,
                    )
                )

    def _is_open(self):
        """Tell whether the rules can still change: a draft, or nobody is a member."""
        self.ensure_one()
        return self.state == "draft" or (
            self.state == "in_force" and not self.program_id._has_members()
        )

    def _check_may_change(self):
        """Let drafts pass, and the rules of a program that has no members yet.

        :raises UserError: for all others
        :raises ValidationError: when what is in force would make no sense
        """
        for version in self:
            if not version._is_open():
                raise UserError(
                    self.env._(
                        "The rules of %(program)s are in force for its members. Press"
                        " “Change Rules” in the program: that makes a draft, which you"
                        " can try out before it takes effect.",
                        program=version.program_id.name,
                    )
                )
            if version.state == "in_force":
                version._check_flaws()

    def _check_flaws(self):
        """Let versions pass whose ladder makes sense.

        :raises ValidationError: for the others, saying what to mend
        """
        for version in self:
            if flaws := version._find_flaws():
                raise ValidationError("\n".join(flaws))

    def _find_flaws(self):
        """Return what is wrong with the ladder, a sentence each."""
        self.ensure_one()
        names = {tier.id: tier.name for tier in self.program_id._get_tiers()}
        return [
            self.env._(
                "Whoever reaches %(lower)s reaches %(higher)s by the same rule. Raise"
                " what %(higher)s asks for above %(lower)s, or add a condition.",
                lower=names.get(flaw.lower_tier_id),
                higher=names.get(flaw.higher_tier_id),
            )
            for flaw in find_flaws(self._get_ladder())
        ]

    def _get_ladder(self):
        """Return the tiers with the rules of this version, as :class:`Ladder`."""
        self.ensure_one()
        tiers = self.program_id._get_tiers()
        if self.ladder and self.state != "draft" and not self._is_open():
            kept = {one.tier_id: one for one in ladder_from_data(self.ladder).tiers}
            return Ladder(
                tuple(kept.get(tier.id, Tier(tier.id)) for tier in tiers),
            )
        rules = self.sudo().rule_ids.grouped("tier_id")
        return Ladder(
            tuple(
                self._get_logic_tier(tier, rules.get(tier, self.rule_ids[:0]), rank)
                for rank, tier in enumerate(tiers)
            )
        )

    def _get_logic_tier(self, tier, rules, rank):
        """Return a tier with its rules; the lowest asks for nothing."""
        if not rank:
            return Tier(tier._origin.id)
        found = {"enter": [], "keep": []}
        for rule in rules.sorted(lambda rule: (rule.sequence, rule._origin.id or 0)):
            found[rule.purpose or "enter"].append(rule._get_logic_rule())
        return Tier(
            tier._origin.id,
            tuple(found["enter"]),
            tuple(found["keep"]),
            bool(tier._origin & self.sudo().lifetime_tier_ids._origin),
        )

    def _keep_ladder(self):
        """Keep what the version says as plain data, from the day it is in force."""
        for version in self:
            version.ladder = ladder_to_data(version._get_ladder())
