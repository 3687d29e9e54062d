"""Time the portrait of a customer with 1,000 orders, beside Odoo's own contact form.

    setup/odoo shell -d NAME --no-http < tests/benchmarks/portrait.py

Needs a database with member_loyalty_crm; everything it makes is rolled back. Both
readings start on empty caches of records, as a request does, and take turns. The
ratio says more than the milliseconds on a machine that others use too.
"""

import time
from statistics import median

from odoo import Command

ORDERS = 1000
LINES = 5
PRODUCTS = 40
ROUNDS = 15
AIM = 300  # milliseconds


def prepare(env):
    """Return a member with many confirmed orders, and a salesperson who sees all."""
    products = env["product.product"].create(
        [{"name": f"Product {n}", "type": "service"} for n in range(PRODUCTS)]
    )
    member = env["res.partner"].create({"name": "Ada", "is_company": True})
    program = env["member.program"]._get_company_programs(env.company)[:1]
    program._enroll_partners(member, "hand")
    orders = env["sale.order"].create(
        [
            {
                "partner_id": member.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": products[(number * 7 + place) % PRODUCTS].id,
                            "product_uom_qty": 1 + place,
                            "price_unit": 20,
                        }
                    )
                    for place in range(LINES)
                ],
            }
            for number in range(ORDERS)
        ]
    )
    orders.write({"state": "sale"})
    env["crm.lead"].create(
        [{"name": f"Lead {n}", "partner_id": member.id} for n in range(50)]
    )
    group = env.ref("sales_team.group_sale_salesman_all_leads")
    user = env["res.users"].create(
        {"name": "Bench", "login": "bench", "group_ids": [Command.link(group.id)]}
    )
    env.flush_all()
    for table in ("sale_order", "sale_order_line", "member_activity", "crm_lead"):
        env.cr.execute(f"ANALYZE {table}")
    return member, env(user=user.id)


def read_portrait(env, member):
    """Read the page."""
    return env["member.portrait"].get_portrait(member.id)


def read_form(env, member):
    """Read the contact as Odoo's own form asks for it."""
    Partner = env["res.partner"]
    view = Partner.get_view(env.ref("base.view_partner_form").id, "form")
    names = set(view["models"]["res.partner"]) & set(Partner.fields_get())
    return Partner.browse(member.id).web_read({name: {} for name in names})


def measure(env, member):
    """Return the milliseconds of each reading, and its statements, by name."""
    readings = {"portrait": read_portrait, "contact form": read_form}
    times = {name: [] for name in readings}
    statements = {}
    for _round in range(ROUNDS + 1):
        for name, read in readings.items():
            env.invalidate_all()
            before = env.cr.sql_log_count
            started = time.perf_counter()
            read(env, member)
            times[name].append(1000 * (time.perf_counter() - started))
            statements[name] = env.cr.sql_log_count - before
    return {name: found[1:] for name, found in times.items()}, statements


def main(env):
    """Print what was measured."""
    member, reader = prepare(env)
    times, statements = measure(reader, member)
    for name, found in times.items():
        print(
            f"{name}: median {median(found):.0f} ms, best {min(found):.0f} ms,"
            f" worst {max(found):.0f} ms, {statements[name]} statements"
        )
    ratio = median(times["portrait"]) / median(times["contact form"])
    print(f"{ORDERS} orders of {LINES} lines: {ratio:.2f} times the contact form")
    print(f"aim: the portrait under {AIM} ms")
    env.cr.rollback()


if "env" in globals():
    main(env)  # noqa: F821
