from odoo import api, fields, models, tools
from odoo.tools import format_amount, formatLang

OF_REFERRALS = ("referral", "referred")


class MemberProgramReferral(models.AbstractModel):
    """Whether members may refer other companies, and on what conditions."""

    _name = "member.program.referral"
    _description = "Referrals of a Program"

    currency_id = fields.Many2one(comodel_name="res.currency")
    referral_active = fields.Boolean(
        string="Members Refer Others",
        copy=False,
        tracking=True,
        help="Members get a personal link. Switched off, no new company can be"
        " referred; what was promised before is kept.",
    )
    referral_window_days = fields.Integer(
        string="Return Window",
        default=14,
        tracking=True,
        help="Days after the payment of the first order before both sides are"
        " rewarded. A credit note for the whole order in that time ends it.",
    )
    referral_minimum_amount = fields.Monetary(
        string="First Order from",
        tracking=True,
        help="Untaxed, less credit notes. The first order that comes to it counts.",
    )
    referral_lapse_days = fields.Integer(
        string="Lapses after",
        default=180,
        tracking=True,
        help="Days that a referred company has for its first order. 0: for ever.",
    )
    referral_limit = fields.Integer(
        string="At Most",
        default=10,
        tracking=True,
        help="Referrals of one member that count in a period. 0: any number.",
    )
    referral_limit_period = fields.Selection(
        selection=[("month", "a month"), ("year", "a year"), ("ever", "ever")],
        string="Period",
        required=True,
        default="year",
        tracking=True,
    )
    referral_count = fields.Integer(
        string="Referrals", compute="_compute_referral_count"
    )
    referral_rewards = fields.Text(
        string="What They Get",
        compute="_compute_referral_rewards",
        help="By earning rules and gifts for referrals.",
    )

    _referral_numbers_not_negative = models.Constraint(
        "CHECK(referral_window_days >= 0 AND referral_lapse_days >= 0"
        " AND referral_limit >= 0 AND COALESCE(referral_minimum_amount, 0) >= 0)",
        "Days, amounts and limits of referrals cannot be negative. Enter 0 for none.",
    )

    def _compute_referral_count(self):
        counts = dict(
            self.env["member.referral"]._read_group(
                [("program_id", "in", self.ids)], ["program_id"], ["__count"]
            )
        )
        for program in self:
            program.referral_count = counts.get(program, 0)

    @api.depends_context("lang")
    def _compute_referral_rewards(self):
        for program in self:
            lines = [
                self.env._(
                    "%(side)s: %(rewards)s", side=side, rewards=", ".join(rewards)
                )
                for side, rewards in (
                    (self.env._("Who refers"), program._say_rewards_of("referral")),
                    (
                        self.env._("Who is referred"),
                        program._say_rewards_of("referred"),
                    ),
                )
                if rewards
            ]
            program.referral_rewards = "\n".join(lines)

    def _say_rewards_of(self, side):
        """Return what one side of a referral gets, as a list of words.

        :param str side: "referral" for who refers, "referred" for the other one
        """
        self.ensure_one()
        if not self._origin:
            return []
        rules = self.env["member.earning.rule"]._find_event_rules(self._origin, side)
        gifts = self.env["member.benefit"]._find_gifts(self._origin, side)
        words = []
        for rule in rules.with_env(self.env).sudo():
            amount = rule._say_points(rule.points)
            whom = " ".join([*rule._say_for_whom(), *rule._say_when()])
            words.append(f"{amount} {whom}".strip())
        return words + gifts.with_env(self.env).sudo().mapped("name")

    def _say_referral_rules(self):
        """Return the conditions of referrals as sentences for members."""
        program = self.sudo()
        days = program.referral_window_days
        sentences = [
            self.env._(
                "Both sides are rewarded once the first order of the new customer is"
                " paid and the return window of %(days)s days is over.",
                days=days,
            )
            if days
            else self.env._(
                "Both sides are rewarded once the first order of the new customer is"
                " paid."
            )
        ]
        if program.referral_minimum_amount:
            sentences.append(
                self.env._(
                    "The order has to come to at least %(amount)s before taxes.",
                    amount=format_amount(
                        self.env, program.referral_minimum_amount, program.currency_id
                    ),
                )
            )
        if program.referral_lapse_days:
            sentences.append(
                self.env._(
                    "The order has to be placed within %(days)s days of registering.",
                    days=formatLang(self.env, program.referral_lapse_days, digits=0),
                )
            )
        sentences.append(
            self.env._(
                "It has to be a company that is new to us and not your own: no shared"
                " VAT number, bank account, company mail domain or delivery address."
            )
        )
        return sentences + program.with_env(self.env).sudo()._say_referral_limit()

    def _say_referral_limit(self):
        """Return how many referrals count, as a list of sentences."""
        if not self.referral_limit:
            return []
        limit = self.referral_limit
        return [
            {
                "month": self.env._(
                    "At most %(limit)s referrals count a month.", limit=limit
                ),
                "year": self.env._(
                    "At most %(limit)s referrals count a year.", limit=limit
                ),
                "ever": self.env._("At most %(limit)s referrals count.", limit=limit),
            }[self.referral_limit_period]
        ]

    @api.model
    @tools.ormcache("company_id")
    def _get_referral_program_ids(self, company_id):
        """Return the ids of a company's programs with referrals, from memory."""
        programs = self.sudo().browse(self._get_program_ids(company_id))
        return tuple(programs.filtered("referral_active").ids)

    def action_open_referrals(self):
        """Open the referrals of this program."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_referral_action"
        )
        return {**action, "domain": [("program_id", "=", self.id)], "context": {}}

    def action_open_referral_rules(self):
        """Open the earning rules that reward both sides of a referral."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_earning_rule_action"
        )
        return {
            **action,
            "domain": [("program_id", "=", self.id), ("kind", "in", OF_REFERRALS)],
            "context": {"default_program_id": self.id, "default_kind": "referral"},
        }
