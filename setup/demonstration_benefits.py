"""Show what benefits do: prices, samples, freight, gifts, messages, account managers.

Runs in ``odoo shell`` after the points are there. What a manager would do with a few
clicks is done here with the same methods.
"""

import sys
from datetime import timedelta

from odoo import Command

LEVELS = ("Data Sheets", "Manuals", "CAD Drawings")


def load(env):
    """Give the program a usual set of benefits, complete it, and let it be used."""
    program = env["member.program"].search([], limit=1)
    say("benefits: a usual set, completed")
    program.notify_members = True
    start_with_usual_set(env, program)
    complete(env, program)
    make_gifts(env, program)
    say("benefits: orders that use them, and messages")
    make_carrier(env)
    make_documents(env)
    sell(env, program)
    env.cr.commit()  # scheduled actions look with a cursor of their own
    tell(env)


def say(what):
    """Show what is being done."""
    print(f"      {what}", file=sys.stderr, flush=True)


def start_with_usual_set(env, program):
    """Make the benefits of the exporter's set."""
    preset = env.ref("member_loyalty.member_benefit_preset_exporter")
    start = env["member.benefit.start"].create(
        {"program_id": program.id, "preset_id": preset.id}
    )
    start.action_start()


def complete(env, program):
    """Decide what the set leaves open: which sample, which documents, who, how soon."""
    samples = env["product.product"].search(
        [("website_published", "=", True), ("list_price", ">", 1)], limit=2
    )
    levels = env["member.document.level"].create(
        [
            {"name": name, "sequence": number, "company_id": program.company_id.id}
            for number, name in enumerate(LEVELS)
        ]
    )
    sam = env["res.users"].search([("login", "=", "salesperson")])
    decisions = {
        "sample": {"kind": "product", "product_ids": [Command.set(samples.ids)]},
        "data_sheets": documents(levels[0]),
        "manuals": documents(levels[1]),
        "drawings": documents(levels[2]),
        "manager": {
            "kind": "account_manager",
            "manager_user_ids": [Command.set(sam.ids)],
        },
        "answer": {"kind": "priority", "priority_level": "2"},
    }
    for name, values in decisions.items():
        line = env.ref(f"member_loyalty.member_benefit_preset_exporter_{name}")
        env["member.benefit"].with_context(active_test=False).search(
            [("program_id", "=", program.id), ("preset_line_id", "=", line.id)]
        ).write({**values, "active": True})


def documents(level):
    """Return what opens the documents of a level."""
    return {"kind": "documents", "document_level_ids": [Command.set(level.ids)]}


def make_gifts(env, program):
    """A coupon for a birthday, a week ahead, and thanks for the first order."""
    given = {
        "program_id": program.id,
        "kind": "gift",
        "tier_ids": [Command.set(program._get_tiers().ids)],
    }
    birthday = {
        **given,
        "name": "Birthday gift",
        "gift_occasion": "birthday",
        "gift_days_before": 7,
        "gift_greets_on_day": True,
        "gift_gives": "coupon",
        "gift_coupon_program_id": make_coupon(env, program).id,
        "gift_coupon_days": 30,
        "member_text": "Five pounds off, a week before your birthday.",
    }
    thanks = {
        **given,
        "name": "Thanks for the first order",
        "gift_occasion": "first_order",
        "gift_gives": "greeting",
    }
    env["member.benefit"].create([birthday, thanks])
    in_a_week = program.company_id._member_today() + timedelta(days=7)
    pia = env["res.partner"].create(
        {
            "name": "Pia Private",
            "email": "pia@example.com",
            "member_birthday": in_a_week.replace(year=1988),
        }
    )
    program._enroll_partners(pia, "hand")


def make_coupon(env, program):
    """Make Odoo's coupon program: five pounds off, with a code."""
    reward = {
        "reward_type": "discount",
        "discount_mode": "per_order",
        "discount": 5,
        "required_points": 1,
    }
    return env["loyalty.program"].create(
        {
            "name": "Birthday coupon",
            "program_type": "coupons",
            "trigger": "with_code",
            "applies_on": "current",
            "company_id": program.company_id.id,
            "currency_id": program.currency_id.id,
            "reward_ids": [Command.create(reward)],
        }
    )


def make_carrier(env):
    """Freight costs something, so that it can be subsidised."""
    product = env["product.product"].create(
        {"name": "Courier", "type": "service", "list_price": 12, "taxes_id": False}
    )
    return env["delivery.carrier"].create(
        {
            "name": "Courier",
            "delivery_type": "fixed",
            "fixed_price": 12,
            "product_id": product.id,
            "website_published": True,
        }
    )


def make_documents(env):
    """A product of the shop has documents of every level."""
    product = env["product.template"].search(
        [("website_published", "=", True)], limit=1
    )
    for level in env["member.document.level"].search([]):
        env["product.document"].create(
            {
                "name": f"{level.name}.txt",
                "raw": f"{level.name} of {product.name}".encode(),
                "mimetype": "text/plain",
                "res_model": product._name,
                "res_id": product.id,
                "shown_on_product_page": True,
                "member_only": True,
                "member_level_id": level.id,
            }
        )


def sell(env, program):
    """Silver and gold members order; one claims a sample."""
    gold = env["member.membership"].search(
        [("program_id", "=", program.id)], order="tier_id desc, id", limit=4
    )
    carrier = env["delivery.carrier"].search([("name", "=", "Courier")], limit=1)
    buyer = env["res.users"].search([("login", "=", "buyer")]).partner_id
    for number, partner in enumerate((*gold.partner_id, buyer)):
        sold = quote(env, partner, 10 * (number + 1))
        if number % 2:
            sold.set_delivery_line(carrier, 12)
        for claim in sold._get_claimable_benefits()[: number < 2]:
            sold._claim_benefit(claim.benefit, claim.benefit.product_ids[:1])
        sold.action_confirm()
    # left open, to look at: a quotation with a price of the tier
    quote(env, gold[:1].partner_id, 25)


def quote(env, partner, quantity):
    """Make a quotation of a product of the shop."""
    product = env["product.product"].search(
        [("website_published", "=", True), ("list_price", ">", 1)], limit=1
    )
    line = {"product_id": product.id, "product_uom_qty": quantity}
    return env["sale.order"].create(
        {"partner_id": partner.id, "order_line": [Command.create(line)]}
    )


def tell(env):
    """Run what is scheduled: gifts of the day, managers, messages, figures."""
    for name in ("account_managers", "gift", "follow_up", "benefit_month"):
        cron = env.ref(f"member_loyalty.ir_cron_member_{name}")
        cron.method_direct_trigger()


load(env)  # noqa: F821  the shell provides it
