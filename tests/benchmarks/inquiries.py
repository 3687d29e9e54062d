"""Time reading and grading inquiries: one, a new lead with and without, a huge one.

    setup/odoo shell -d NAME --no-http < tests/benchmarks/inquiries.py

Needs a database with member_loyalty_crm and a membership program of the company;
everything it makes is rolled back. Figures are processor time, beside each the same
without reading.
"""

import sys
import time
from pathlib import Path
from statistics import mean
from unittest.mock import patch

sys.path.insert(0, "tests")  # the shell has no file to start from
from crowd import bulk

ROUNDS = 20
PRODUCTS = 100_000
TEXT = (
    "<p>Dear Sirs, please quote for {0} pcs of deep groove ball bearing 6204-2RS,"
    " target price USD 1.20/pc, CIF Hamburg, delivery within 45 days. We also need 20"
    " kg of grease {0}.</p><p>Best regards<br/>John</p>"
)

env = env  # noqa: F821, PLW0127 the shell's own
Lead = env["crm.lead"].with_context(tracking_disable=True)
reading = patch.object(type(Lead), "_read_inquiries", lambda self: None)


def create(number, text=TEXT):
    return Lead.create(
        {
            "name": f"Inquiry {number}",
            "description": text.format(number),
            "email_from": f"buyer@firm{number}.example",
            "company_id": env.company.id,
        }
    )


def processor_seconds():
    """Return what Odoo and PostgreSQL worked: a loaded machine changes that less."""
    stat = Path("/proc") / str(env.cr.connection.get_backend_pid()) / "stat"
    ticks = stat.read_text().rsplit(")", 1)[1].split()[11:13]
    return time.process_time() + sum(map(int, ticks)) / 100


def milliseconds(action, numbers):
    taken = []
    for number in numbers:
        env.flush_all()
        start = processor_seconds()
        action(number)
        env.flush_all()
        taken.append((processor_seconds() - start) * 1000)
    return mean(taken)


def compare(name, action, numbers):
    read = milliseconds(action, numbers)
    with reading:
        plain = milliseconds(action, [number + 100_000 for number in numbers])
    print(f"{name:32}{read:10.1f} ms   without {plain:8.1f} ms   x {read / plain:.2f}")


def make_products():
    """Make many products, without what Odoo does for each."""
    template = env["product.template"].create({"name": "Item", "sale_ok": True})
    env.flush_all()
    env.cr.execute(
        """
        SELECT string_agg(quote_ident(column_name), ', ')
          FROM information_schema.columns
         WHERE table_name = 'product_template' AND column_name NOT IN ('id', 'name')
        """
    )
    [(columns,)] = env.cr.fetchall()
    with bulk(env.cr, "product_template"):
        env.cr.execute(
            f"""
            INSERT INTO product_template (id, name, {columns})
            SELECT nextval('product_template_id_seq'),
                   jsonb_build_object('en_US', 'Item ' || number,
                                      'de_DE', 'Teil ' || number),
                   {columns}
              FROM (SELECT * FROM product_template WHERE id = %s) pattern
        CROSS JOIN generate_series(1, %s) number
            """,
            [template.id, PRODUCTS],
        )
    env.cr.execute("ANALYZE product_template")


create(0)
leads = [create(number) for number in range(1, ROUNDS + 1)]
once = milliseconds(lambda number: leads[number]._read_inquiries(), range(ROUNDS))
print(f"{'grade one inquiry again':32}{once:10.1f} ms   (aim: under 20 ms)")
compare("a new lead", create, range(1000, 1000 + ROUNDS))
HUGE = "<p>" + "500 pcs of valve<br/>" * 50_000 + "</p>"
compare("a lead of 1 MB", lambda number: create(number, HUGE), range(3000, 3003))
MANY = "<br/>".join(f"{number} pcs of item {number}" for number in range(2, 10_002))
compare("10,000 quantities", lambda number: create(number, MANY), range(4000, 4003))
make_products()
env.invalidate_all()
once = milliseconds(lambda number: leads[number]._read_inquiries(), range(ROUNDS))
print(f"{f'grade one, {PRODUCTS:,} products':32}{once:10.1f} ms   (aim: under 20 ms)")
env.cr.rollback()
