from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..logic.tag_order import find_circle
from ..queries import rule_matching
from ..queries.tag_keeping import TagRules

MANAGER_GROUP = "member_loyalty.member_loyalty_group_manager"
KEPT = {"kept_by", "program_id", "rule_ids"}


class MemberTagKeeping(models.AbstractModel):
    """How a tag is kept: by hand, or by rules that any member must meet one of."""

    _name = "member.tag.keeping"
    _description = "Keeping of a Tag"

    kept_by = fields.Selection(
        selection=[
            ("hand", "By hand"),
            ("rules", "By rules"),
            ("consent", "By consent"),
        ],
        required=True,
        default="hand",
        help="By hand: staff gives and takes the tag. By rules: exactly those members"
        " carry it who meet a rule, as of the last evaluation. By consent: those"
        " whose consent to a purpose counts.",
    )
    program_id = fields.Many2one(
        comodel_name="member.program",
        ondelete="restrict",
        index="btree_not_null",
        help="The program whose members the rules measure.",
    )
    currency_id = fields.Many2one(related="program_id.currency_id")
    rule_ids = fields.One2many(
        comodel_name="member.tag.rule",
        inverse_name="tag_id",
        copy=True,
        help="A member who meets any of these rules carries the tag.",
    )
    evaluated_at = fields.Datetime(string="Last Evaluated", readonly=True, copy=False)
    sentence = fields.Text(string="In Words", compute="_compute_sentence")
    match_count = fields.Integer(
        string="Members Today",
        compute="_compute_match_count",
        help="How many of today's members meet a rule.",
    )
    member_count = fields.Integer(string="of", compute="_compute_match_count")

    @api.depends("rule_ids.condition_ids.display_name")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for tag in self:
            tag.sentence = self.env._("\nor ").join(
                rule._get_sentence() for rule in tag.rule_ids
            )

    @api.depends("rule_ids.condition_ids.display_name", "program_id", "kept_by")
    def _compute_match_count(self):
        for tag in self:
            program = tag.program_id._origin
            tag.match_count = tag._count_matches(program) if program else 0
            tag.member_count = program.membership_count

    @api.constrains("kept_by", "program_id", "rule_ids")
    def _check_has_rules(self):
        for tag in self.filtered(lambda tag: tag.kept_by == "rules"):
            if not tag.program_id or not tag.rule_ids:
                raise ValidationError(
                    self.env._(
                        "The tag %(tag)s is kept by rules: choose the program whose"
                        " members it is for, and add at least one rule.",
                        tag=tag.name,
                    )
                )

    @api.constrains("kept_by", "rule_ids")
    def _check_no_circle(self):
        circle = self.browse(find_circle(self._get_tags_asked_for()))
        if circle:
            raise ValidationError(
                self.env._(
                    "These tags ask for each other in a circle, so that nobody could"
                    " say who carries them: %(tags)s. Take the condition about a tag"
                    " out of one of them.",
                    tags=" → ".join((*circle.mapped("name"), circle[0].name)),
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("kept_by", "hand") != "hand" for vals in vals_list):
            self._check_may_change_rules()
        return super().create(vals_list)

    def write(self, vals):
        if KEPT & vals.keys():
            self._check_may_change_rules()
        return super().write(vals)

    @api.model
    def _check_may_change_rules(self):
        """Let those pass who may say how tags are kept.

        :raises AccessError: for others than managers
        """
        if not self.env.su and not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._(
                    "Only a membership manager says which tags are kept by rules."
                    " Ask one to do it, or make a tag that is kept by hand."
                )
            )

    def action_apply(self):
        """Give and take this tag, and the others of its program, as of today."""
        self.ensure_one()
        self.program_id.check_access("write")
        program = self.program_id.sudo()
        changes = program._keep_tags(program.company_id._member_today())
        added, removed = changes.get(self.id, (0, 0))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": self.env._("%(tag)s is up to date", tag=self.name),
                "message": self.env._(
                    "%(added)s members got the tag, %(removed)s lost it.",
                    added=added,
                    removed=removed,
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _get_tag_rules(self):
        """Return what the query needs to know of this tag, as ``TagRules``."""
        self.ensure_one()
        return TagRules(
            self.id, tuple(rule._get_logic_rule() for rule in self.rule_ids)
        )

    @api.model
    def _get_tags_asked_for(self):
        """Return the ids of the tags that each tag's rules ask for, by its id."""
        conditions = (
            self.env["member.tag.condition"].sudo().search([("metric", "=", "has_tag")])
        )
        asked_for = {}
        for condition in conditions:
            tag = condition.rule_id.tag_id
            if tag.kept_by == "rules":
                asked_for.setdefault(tag.id, set()).update(condition.tag_ids.ids)
        return asked_for

    def _count_matches(self, program):
        """Return how many members of a program meet any of the rules today."""
        rules = self.rule_ids.filtered(lambda rule: rule._is_measurable())
        if not rules:
            return 0
        [(count,)] = self.env.execute_query(
            rule_matching.count_matches(
                self.env,
                tuple(rule._get_logic_rule() for rule in rules),
                self.env["member.metric"]._get_metrics(),
                program._get_measuring(program.company_id._member_today()),
            )
        )
        return count
