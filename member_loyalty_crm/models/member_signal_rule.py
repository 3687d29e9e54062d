from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..logic.signal_rule import PARAMETERS, SENTENCES, USUAL_RULES
from ..queries.signals import SignalRule
from .member_signal import KINDS


class MemberSignalRule(models.Model):
    """What makes a member worth a call, looked for every night in all members."""

    _name = "member.signal.rule"
    _inherit = ["member.number.guard", "member.signal.rule.words"]
    _description = "Signal Rule"
    _order = "program_id, sequence, id"
    _rec_name = "sentence"
    _rec_names_search = ["program_id.name", "kind"]
    _check_company_auto = True

    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self._default_program_id(),
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    currency_id = fields.Many2one(related="program_id.currency_id")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(selection=KINDS, required=True, default="silent")
    tier_ids = fields.Many2many(
        comodel_name="member.tier",
        string="Tiers",
        domain="[('program_id', '=', program_id)]",
        help="Leave empty for every tier.",
    )
    minimum_score = fields.Integer(
        help="Only members with at least this value score, 0 to 100.",
    )
    weight = fields.Integer(
        required=True,
        default=50,
        help="How much it says, 1 to 100. Calls with more weight come first.",
    )
    months = fields.Integer(default=3, help="The months that are looked at.")
    until_months = fields.Integer(
        string="Not after Months",
        default=12,
        help="Who bought nothing for longer is left alone.",
    )
    days = fields.Integer(default=30)
    percent = fields.Float(default=50, digits=(5, 1))
    times = fields.Integer(string="Views", default=5)
    inquiry_times = fields.Integer(string="Inquiries", default=2)
    minimum_amount = fields.Monetary(help="Smaller ones are left alone.")
    tag_ids = fields.Many2many(
        comodel_name="member.tag",
        string="Tags",
        help="Who was given one of these tags has a complaint.",
    )
    lead_tag_ids = fields.Many2many(
        comodel_name="crm.tag",
        string="Lead Tags",
        help="A lead with one of these tags is a complaint.",
    )
    sentence = fields.Char(string="In Words", compute="_compute_sentence")
    used_parameters = fields.Char(compute="_compute_used_parameters")
    open_signal_count = fields.Integer(
        string="Members Now", compute="_compute_open_signal_count"
    )

    _weight_between = models.Constraint(
        "CHECK(weight BETWEEN 1 AND 100)", "Enter a weight from 1 to 100."
    )
    _minimum_score_between = models.Constraint(
        "CHECK(minimum_score BETWEEN 0 AND 100)",
        "A value score is 0 to 100. Enter 0 to look at everybody.",
    )
    _minimum_amount_not_negative = models.Constraint(
        "CHECK(minimum_amount >= 0)",
        "An amount below zero leaves nothing out. Enter 0 or more.",
    )

    @api.model
    def _default_program_id(self):
        return self.env["member.program"]._get_company_programs(self.env.company)[:1]

    @api.depends("kind")
    def _compute_used_parameters(self):
        for rule in self:
            rule.used_parameters = " ".join(PARAMETERS.get(rule.kind, ()))

    @api.depends_context("lang")
    @api.depends(*SENTENCES)
    def _compute_sentence(self):
        for rule in self:
            rule.sentence = rule._get_sentence()

    def _compute_open_signal_count(self):
        found = self.env["member.signal"]._read_group(
            [("rule_id", "in", self.ids), ("ended_on", "=", False)],
            ["rule_id"],
            ["__count"],
        )
        counts = dict(found)
        for rule in self:
            rule.open_signal_count = counts.get(rule, 0)

    @api.constrains("kind", "months", "until_months", "days", "times", "inquiry_times")
    def _check_numbers(self):
        labels = self._fields
        for rule in self:
            for name in PARAMETERS.get(rule.kind, ()):
                if labels[name].type == "integer" and rule[name] < 1:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” is %(value)s, so the rule would find"
                            " nobody. Enter 1 or more.",
                            field=labels[name]._description_string(self.env),
                            value=rule[name],
                        )
                    )

    @api.constrains("kind", "months", "until_months")
    def _check_ends_later(self):
        for rule in self.filtered(lambda rule: rule.kind == "silent"):
            if rule.until_months <= rule.months:
                raise ValidationError(
                    self.env._(
                        "Who is silent for %(months)s months is called, and after"
                        " %(until)s months no more: nobody is left. Enter more months"
                        " for the end.",
                        months=rule.months,
                        until=rule.until_months,
                    )
                )

    @api.constrains("kind", "percent")
    def _check_percent(self):
        for rule in self:
            if "percent" not in PARAMETERS.get(rule.kind, ()):
                continue
            most = 1000 if rule.kind == "overdue" else 100
            least = 100 if rule.kind == "overdue" else 0
            if not least < rule.percent <= most:
                raise ValidationError(
                    self.env._(
                        "%(percent)s percent does not fit here. Enter more than"
                        " %(least)s and at most %(most)s.",
                        percent=rule.percent,
                        least=least,
                        most=most,
                    )
                )

    @api.constrains("kind", "tag_ids", "lead_tag_ids")
    def _check_complaint_is_known(self):
        rated = "rating.rating" in self.env
        for rule in self.filtered(lambda rule: rule.kind == "complaint"):
            if not (rule.tag_ids or rule.lead_tag_ids or rated):
                raise ValidationError(
                    self.env._(
                        "The rule does not say how a complaint is known. Choose a tag"
                        " of members or of leads."
                    )
                )

    @api.constrains("program_id", "tier_ids")
    def _check_tiers_of_program(self):
        for rule in self:
            if strange := rule.tier_ids.filtered(
                lambda tier, rule=rule: tier.program_id != rule.program_id
            ):
                raise ValidationError(
                    self.env._(
                        "The tier %(tier)s is not one of %(program)s. Choose a tier of"
                        " that program.",
                        tier=strange[0].name,
                        program=rule.program_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_it_found_somebody(self):
        if (
            self.env["member.signal"]
            .sudo()
            .search_count([("rule_id", "in", self.ids)], limit=1)
        ):
            raise UserError(
                self.env._(
                    "The rule has found members, and nobody is to be called twice for"
                    " the same cause. Archive it instead of deleting it."
                )
            )

    def action_open_signals(self):
        """Open the members that this rule finds now."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty_crm.member_signal_action"
        )
        action["domain"] = [("rule_id", "=", self.id)]
        return action

    def _prepare_logic_rule(self, day):
        """Return the rule as the queries need it.

        :param date day: as of when
        """
        self.ensure_one()
        program = self.program_id
        return SignalRule(
            rule_id=self.id,
            program_id=program.id,
            company_id=program.company_id.id,
            kind=self.kind,
            partner_column=program._get_partner_column(),
            day=day,
            time_zone=str(program.company_id._get_member_timezone()),
            tier_ids=tuple(self.tier_ids.ids),
            minimum_score=self.minimum_score,
            weight=self.weight,
            months=self.months,
            until_months=self.until_months,
            days=self.days,
            percent=self.percent,
            times=self.times,
            inquiry_times=self.inquiry_times,
            minimum_amount=self.minimum_amount,
            tag_ids=tuple(self.tag_ids.ids),
            lead_tag_ids=tuple(self.lead_tag_ids.ids),
        )

    @api.model
    def _make_usual_rules(self, programs):
        """Give programs the rules that most sellers use, where they have none."""
        have = self.with_context(active_test=False).search(
            [("program_id", "in", programs.ids)]
        )
        self.create(
            [
                {"program_id": program.id, **values}
                for program in programs - have.program_id
                for values in USUAL_RULES
            ]
        )
