from datetime import date
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic.rule_testing import Customer, Member, find_outcome


class MemberRuleTest(models.Model):
    """What the rules of a program must do: a customer like this has that tier.

    It is kept with the program, looked at on each change of a draft, and a draft that
    fails it cannot be activated.
    """

    _name = "member.rule.test"
    _description = "Rule Test"
    _inherit = "member.rule.test.copying"
    _order = "program_id, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, help="Such as: three orders a year are gold.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self._default_program_id(),
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    currency_id = fields.Many2one(related="program_id.currency_id")
    as_of = fields.Date(
        string="Day of the Test", help="Leave empty for the day on which it is run."
    )
    fact_ids = fields.One2many(
        comodel_name="member.rule.test.fact",
        inverse_name="test_id",
        string="What the Customer Did",
        copy=True,
    )
    tag_ids = fields.Many2many(comodel_name="member.tag", string="Tags")
    country_id = fields.Many2one(comodel_name="res.country")
    joined_months = fields.Integer(
        string="Joined Months Ago", help="Before the day of the test."
    )
    tier_before_id = fields.Many2one(
        comodel_name="member.tier",
        domain="[('program_id', '=', program_id)]",
        ondelete="cascade",
        help="Leave empty for the starting tier.",
    )
    at_review = fields.Boolean(
        string="On a Review",
        help="The customer's promise is over and a review is held: the customer can"
        " fall.",
    )
    expected_tier_id = fields.Many2one(
        comodel_name="member.tier",
        string="Must Be",
        required=True,
        domain="[('program_id', '=', program_id)]",
        ondelete="cascade",
    )
    tested_version_id = fields.Many2one(
        comodel_name="member.ladder.version",
        string="Tested with",
        compute="_compute_outcome",
    )
    outcome_tier_id = fields.Many2one(
        comodel_name="member.tier", string="Comes out", compute="_compute_outcome"
    )
    state = fields.Selection(
        selection=[("passed", "Passed"), ("failed", "Failed")],
        string="Result",
        compute="_compute_outcome",
    )
    outcome_text = fields.Char(string="What Came out", compute="_compute_outcome")

    _joined_before = models.Constraint(
        "CHECK(joined_months >= 0)",
        "The customer joined before the test: enter 0 or more months.",
    )

    @api.model
    def _default_program_id(self):
        return self.env["member.program"]._get_company_programs(self.env.company)[:1]

    @api.depends(
        "fact_ids.amount",
        "fact_ids.kind",
        "fact_ids.order_count",
        "fact_ids.quantity",
        "fact_ids.category_id",
        "fact_ids.country_id",
        "fact_ids.team_id",
        "fact_ids.document",
        "fact_ids.months_before",
        "fact_ids.days_before",
        "tag_ids",
        "country_id",
        "joined_months",
        "tier_before_id",
        "at_review",
        "as_of",
        "expected_tier_id",
        "program_id",
    )
    @api.depends_context("member_rule_version_id", "lang")
    def _compute_outcome(self):
        for test in self:
            version = test._get_tested_version()
            tier, problem = test._find_outcome(version)
            is_right = bool(tier) and tier == test.expected_tier_id._origin
            test.tested_version_id = version
            test.outcome_tier_id = tier
            test.state = "passed" if is_right else "failed"
            test.outcome_text = problem or test._say_outcome(tier, is_right)

    @api.constrains("expected_tier_id", "tier_before_id", "program_id")
    def _check_tiers_of_program(self):
        for test in self:
            strange = (test.expected_tier_id | test.tier_before_id).filtered(
                lambda tier, test=test: tier.program_id != test.program_id
            )
            if strange:
                raise UserError(
                    self.env._(
                        "The tier %(tier)s is not one of %(program)s. Choose a tier of"
                        " that program.",
                        tier=strange[:1].name,
                        program=test.program_id.name,
                    )
                )

    def action_run(self):
        """Run these tests now and say how they came out."""
        self.invalidate_recordset(["state", "outcome_text", "outcome_tier_id"])
        failed = self.filtered(lambda test: test.state == "failed")
        message = self.env._("All of them pass.")
        if failed:
            message = "; ".join(
                f"{test.name}: {test.outcome_text}" for test in failed[:10]
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if failed else "success",
                "title": self.env._(
                    "%(passed)s of %(count)s rule tests pass",
                    passed=len(self) - len(failed),
                    count=len(self),
                ),
                "message": message,
                "sticky": bool(failed),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _run_all_in_force(self):
        """Run every test against the rules in force and tell managers of failures.

        An upgrade does that: what a release changes in the meaning of rules shows.
        """
        tests = self.sudo().search([("program_id.active", "=", True)])
        for program, kept in tests.grouped("program_id").items():
            failed = kept.filtered(lambda test: test.state == "failed")
            if failed:
                program.version_id._tell_of_failed_tests(failed)

    def _get_tested_version(self):
        """Return the version that is asked about, the one in force unless said."""
        self.ensure_one()
        version_id = self.env.context.get("member_rule_version_id")
        version = self.env["member.ladder.version"].browse(version_id or [])
        if version.exists().program_id == self.program_id._origin:
            return version
        return self.program_id.version_id

    def _find_outcome(self, version):
        """Return the tier that a version gives, and what kept it from being found."""
        self.ensure_one()
        ladder = version and version.sudo()._get_ladder()
        tiers = self.env["member.tier"]
        if not ladder or not ladder.tiers:
            return tiers, self.env._("The program has no tier yet.")
        as_of = self._get_day()
        try:
            tier_id = find_outcome(
                ladder,
                self._prepare_customer(ladder, as_of),
                as_of,
                partial(
                    self.env["member.metric"]._measure_made_up,
                    self._get_category_family(ladder),
                ),
            )
        except ValueError as error:
            return tiers, self.env._(
                "Cannot be tested: %(problem)s", problem=str(error)
            )
        return tiers.browse(tier_id), ""

    def _say_outcome(self, tier, is_right):
        """Return the outcome in words."""
        self.ensure_one()
        if is_right:
            return self.env._("%(tier)s, as it must be", tier=tier.name)
        return self.env._(
            "%(tier)s instead of %(expected)s",
            tier=tier.name,
            expected=self.expected_tier_id.name or "",
        )

    def _get_day(self) -> date:
        """Return the day of the test."""
        self.ensure_one()
        company = self.program_id.company_id or self.env.company
        return self.as_of or company._member_today()

    def _prepare_customer(self, ladder, as_of):
        """Return who is tested, as the pure :class:`Customer`."""
        self.ensure_one()
        before = self.tier_before_id._origin.id or ladder.tiers[0].tier_id
        return Customer(
            before,
            tuple(fact._prepare_fact(as_of) for fact in self.fact_ids),
            Member(
                joined_on=fields.Date.subtract(as_of, months=self.joined_months),
                country_id=self.country_id._origin.id or None,
                tag_ids=tuple(self.tag_ids._origin.ids),
                tier_ids=(before,),
            ),
            self.at_review,
        )

    @api.model
    def _get_category_family(self, ladder):
        """Return the categories that a ladder names, each with those below it."""
        named = {
            category_id
            for key in ladder.figure_keys()
            for category_id in key.limit.category_ids
        }
        categories = self.env["product.category"].sudo()
        return {
            category_id: tuple(categories.search([("id", "child_of", category_id)]).ids)
            for category_id in named
        }
