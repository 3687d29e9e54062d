"""Show what points do: earned, brought along, spent, taken back, running out.

Runs in ``odoo shell`` after the purchases, the people and the shop are there.
"""

import base64
import sys
from datetime import timedelta

from odoo import Command, fields

OPENING_MEMBERS = 120
POLICIES = {
    "points_expiry": "months",
    "points_expiry_months": 12,
    "points_expiry_month_end": True,
    "points_value": 0.05,
}


def load(env):
    """Switch points on as a manager would, and let some of them move."""
    program = env["member.program"].search([], limit=1)
    say("points: rules and rewards")
    program._start_points()
    program.write(POLICIES)
    make_rules(env, program)
    make_rewards(env, program)
    make_stored_value(env, program)
    say("points: opening balances and orders")
    import_balances(env, program)
    make_orders(env, program)
    env.cr.commit()


def say(what):
    """Show what is being done."""
    print(f"      {what}", file=sys.stderr, flush=True)


def make_rules(env, program):
    """A point for each pound, more for gold, and points for being there."""
    gold = program._get_tiers()[-1]
    env["member.earning.rule"].create(
        [
            {"program_id": program.id, **values}
            for values in (
                {
                    "name": "Gold earns double",
                    "kind": "multiplier",
                    "factor": 2,
                    "tier_ids": [Command.set(gold.ids)],
                },
                {"name": "Welcome", "kind": "registration", "points": 500},
                {"name": "Birthday", "kind": "birthday", "points": 100},
                {
                    "name": "Review of a product",
                    "kind": "review",
                    "points": 20,
                    "cap_period": "month",
                    "cap_times": 5,
                },
            )
        ]
    )


def make_rewards(env, program):
    """100 points pay 5 pounds; a gift for 400 points, cheaper for gold."""
    gold = program._get_tiers()[-1]
    wallet = program.wallet_id
    wallet.reward_ids.write({"discount": 0.05, "member_maximum_share": 50})
    gift = env["product.product"].search(
        [("default_code", "!=", False), ("list_price", ">", 1)], limit=1
    )
    wallet.reward_ids = [
        Command.create(
            {
                "reward_type": "product",
                "reward_product_id": gift.id,
                "reward_product_qty": 1,
                "member_points": 400,
                "member_price_ids": [
                    Command.create({"tier_id": gold.id, "points": 250})
                ],
            }
        )
    ]


def make_stored_value(env, program):
    """An eWallet: topping up 500 gives 50 on top, for half a year."""
    program._start_stored_value()
    env["member.topup.bonus"].create(
        {
            "program_id": program.id,
            "name": "50 on top of 500",
            "from_amount": 500,
            "kind": "money",
            "bonus": 50,
            "every_full": True,
            "expiry_months": 6,
        }
    )


def import_balances(env, program):
    """Bring balances along from the system before, with the wizard users have."""
    members = env["member.membership"].search(
        [("program_id", "=", program.id)], order="id", limit=OPENING_MEMBERS
    )
    today = program.company_id._member_today()
    rows = ["Customer ID;Points;Valid until;Note"]
    for number, member in enumerate(members):
        days = (20, 70, 160, 300)[number % 4]
        points = 100 + 35 * (number % 17)
        until = fields.Date.to_string(today + timedelta(days=days))
        rows.append(f"{member.partner_id.ref};{points};{until};From the old till")
    batch = env["member.point.import"].create(
        {
            "program_id": program.id,
            "file": base64.b64encode("\n".join(rows).encode()),
            "filename": "balances.csv",
        }
    )
    batch.action_check()
    batch.action_book()


def make_orders(env, program):
    """The buyer orders twice, then with points; other orders are cancelled."""
    buyer = env["res.users"].search([("login", "=", "buyer")]).partner_id
    others = (
        env["member.membership"]
        .search([("program_id", "=", program.id)], order="id desc", limit=6)
        .partner_id
    )
    order(env, buyer, 40)
    order(env, buyer, 60, with_points=True)
    for number, partner in enumerate(others):
        sold = order(env, partner, 10 * (number + 1))
        if not number % 3:
            sold.with_context(disable_cancel_warning=True).action_cancel()


def order(env, partner, quantity, with_points=False):
    """Confirm an order of a product of the shop."""
    product = env["product.product"].search(
        [("website_published", "=", True), ("list_price", ">", 1)], limit=1
    )
    sold = env["sale.order"].create(
        {
            "partner_id": partner.id,
            "order_line": [
                Command.create({"product_id": product.id, "product_uom_qty": quantity})
            ],
        }
    )
    if with_points:
        sold._update_programs_and_rewards()
        for card, rewards in sold._get_claimable_rewards().items():
            pays = rewards.filtered(lambda one: one.reward_type == "discount")
            if pays:
                sold._apply_program_reward(pays[:1], card)
    sold.action_confirm()
    return sold


load(env)  # noqa: F821  the shell provides it
