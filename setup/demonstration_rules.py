"""Show what else a program can do: tags, warnings, rule tests, a draft, appeals.

Runs in ``odoo shell`` after the purchases are there.
"""

import sys

from odoo import Command

from odoo.addons.member_loyalty.logic.windows import add_months


def load(env):
    """Add what a manager would have set up in the first weeks."""
    program = env["member.program"].search([], limit=1)
    today = program.company_id._member_today()
    say("tags, warnings and appeals")
    make_tags(env, program)
    warn_of_falls(program, today)
    make_appeals(env, program, today)
    say("a draft of other rules, tested and simulated")
    make_rule_tests(env, program)
    simulate_a_draft(env, program)
    env.cr.commit()


def say(what):
    """Show what is being done."""
    print(f"      {what}", file=sys.stderr, flush=True)


def make_tags(env, program):
    """Keep two tags by rules: who buys a lot, and who stopped."""
    year = {"window_type": "rolling_months", "window_length": 12}
    half = {"window_type": "rolling_months", "window_length": 6}
    many = {"metric": "order_count", "value": 10, **year}
    quiet = [
        {"metric": "order_count", "operator": "<", "value": 1, **half},
        {"metric": "order_count", "value": 3, "window_type": "lifetime"},
    ]
    for name, family, color, conditions in (
        ("Ten orders a year", "activity", 10, [many]),
        ("Gone quiet", "risk", 1, quiet),
    ):
        tag = env["member.tag"].create(
            {
                "name": name,
                "family": family,
                "color": color,
                "kept_by": "rules",
                "program_id": program.id,
                "rule_ids": [
                    Command.create(
                        {"condition_ids": [Command.create(one) for one in conditions]}
                    )
                ],
            }
        )
        tag.action_apply()


def warn_of_falls(program, today):
    """Warn those who would fall at the next review, without sending mails."""
    program.write({"warn_days": 30, "warn_by_mail": False})
    program._warn_members(today)


def make_appeals(env, program, today):
    """File two appeals: one is granted against a promise, one waits."""
    _base, silver, gold = program._get_tiers()
    members = env["member.membership"].search(
        [("program_id", "=", program.id), ("tier_id", "=", silver.id)],
        order="id",
        limit=3,
    )
    for member, amount, reason in (
        (members[1], 12_000, "Opens a second shop in spring and orders for both."),
        (members[2], 15_000, "Shows an order plan of 15,000 for the coming year."),
    ):
        appeal = env["member.tier.appeal"].create(
            {
                "membership_id": member.id,
                "tier_id": gold.id,
                "reason": reason,
                "promised_amount": amount,
                "wished_until": add_months(today, 12),
            }
        )
        appeal.action_submit()
        if member == members[1]:
            manager = env["res.users"].search([("login", "=", "manager")])
            appeal.with_user(manager).action_grant()


def make_rule_tests(env, program):
    """Write down what the rules must do whatever else is changed."""
    _base, silver, gold = program._get_tiers()
    env["member.rule.test"].create(
        [
            {
                "name": name,
                "program_id": program.id,
                "joined_months": 24,
                "expected_tier_id": tier.id,
                "fact_ids": [
                    Command.create({"months_before": months, "amount": amount})
                    for months in (1, 5)
                ],
            }
            for name, tier, amount in (
                ("Two orders of 6,000 are gold", gold, 6_000),
                ("Two orders of 900 are silver", silver, 900),
            )
        ]
    )


def simulate_a_draft(env, program):
    """Try out: silver for 1,500 or five orders a year."""
    _base, silver, gold = program._get_tiers()
    silver.benefit_cost_percent = 2
    gold.write({"benefit_cost_percent": 5, "benefit_cost_amount": 40})
    draft = env["member.ladder.version"].browse(program.action_change_rules()["res_id"])
    draft.note = "Silver was too easy with one large order; regular buyers count too."
    rules = draft.rule_ids.filtered(lambda rule: rule.tier_id == silver)
    rules.condition_ids.value = 1_500
    draft.rule_ids = [
        Command.create(
            {
                "tier_id": silver.id,
                "condition_ids": [
                    Command.create(
                        {
                            "metric": "order_count",
                            "value": 5,
                            "window_type": "rolling_months",
                            "window_length": 12,
                        }
                    )
                ],
            }
        )
    ]
    for horizon in ("now", "settled"):
        env["member.simulation"].create(
            {"version_id": draft.id, "horizon": horizon, "may_fall": horizon == "now"}
        ).action_run()


load(env)  # noqa: F821  the shell provides it
