"""Fill a new database with the demonstration: a gift wholesaler and its customers.

Runs in ``odoo shell``, which provides ``env``. The purchases are real (see
member_loyalty/demo/online_retail/SOURCE.md), moved so that the last one is today.
"""

import base64
import gzip
import sys
from collections import Counter
from csv import DictReader
from io import StringIO
from pathlib import Path

from odoo.tools import file_path

from odoo.addons.member_loyalty.logic.windows import add_months

EXTRACT = "member_loyalty/demo/online_retail/online_retail_extract.csv.gz"
MONTHS = 18
SHOP_PRODUCTS = 12
PEOPLE = (
    ("manager", "Maya Manager", "member_loyalty.member_loyalty_group_manager"),
    ("salesperson", "Sam Salesperson", "sales_team.group_sale_salesman_all_leads"),
)


def load(env):
    """Make the shop, bring the history in, decide the tiers month by month."""
    company = make_shop(env)
    program = set_thresholds(env, company)
    say("purchase history")
    import_history(env, company)
    say("monthly reviews")
    review_month_by_month(env, program)
    say("people and products")
    make_people(env)
    make_buyer(env, program)
    make_products(env)
    env.cr.commit()


def say(what):
    """Show what is being done; the start script shows how long it all takes."""
    print(f"      {what}", file=sys.stderr, flush=True)


def make_shop(env):
    """Turn the first company into the wholesaler that the purchases come from."""
    company = env.ref("base.main_company")
    pounds = env.ref("base.GBP")
    pounds.active = True
    company.write(
        {
            "name": "Keepsake Gifts Ltd",
            "currency_id": pounds.id,
            "country_id": env.ref("base.uk").id,
        }
    )
    company.partner_id.tz = "Europe/London"
    env["product.pricelist"].search([]).currency_id = pounds
    env["res.users"].search([]).partner_id.tz = "Europe/London"
    env["website"].search([], limit=1).name = company.name
    return company


def set_thresholds(env, company):
    """Scale the shipped program to this shop: silver 1,000 and gold 10,000 pounds."""
    program = env["member.program"].search([("company_id", "=", company.id)], limit=1)
    thresholds = {"Silver": 1_000, "Gold": 10_000}
    for tier in program.tier_ids.filtered(lambda tier: tier.name in thresholds):
        tier.rule_ids[1:].unlink()
        tier.rule_ids.condition_ids.write(
            {
                "metric": "purchase_amount",
                "value": thresholds[tier.name],
                "window_type": "rolling_months",
                "window_length": 12,
            }
        )
    return program


def import_history(env, company):
    """Import the bundled purchases with the same wizard that users have."""
    batch = env["member.import"].create(
        {
            "file": base64.b64encode(Path(file_path(EXTRACT)).read_bytes()),
            "filename": Path(EXTRACT).name,
            "company_id": company.id,
            "default_currency_id": company.currency_id.id,
            "shift_to_today": True,
        }
    )
    batch.action_check()
    batch.action_import()


def review_month_by_month(env, program):
    """Hold the reviews of the past months, so that members have a history."""
    today = program.company_id._member_today()
    program.version_id.valid_from = add_months(today.replace(day=1), -MONTHS)
    for months in range(MONTHS, -1, -1):
        program._evaluate(
            add_months(today.replace(day=1), -months), may_fall=True, kind="manual"
        )
    program._evaluate(today, kind="manual")


def make_people(env):
    """Make the logins of the staff, each with its name as the password."""
    for login, name, group in PEOPLE:
        user = (
            env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": name,
                    "login": login,
                    "password": login,
                    "email": f"{login}@keepsake.example",
                    "tz": "Europe/London",
                }
            )
        )
        user.group_ids += env.ref(group)
        if login == "manager":
            user.group_ids += env.ref("sales_team.group_sale_manager")


def make_buyer(env, program):
    """Give a silver member a contact who can log in to the portal."""
    silver = program.tier_ids.sorted("sequence")[1]
    member = env["member.membership"].search(
        [("program_id", "=", program.id), ("tier_id", "=", silver.id)],
        order="id",
        limit=1,
    )
    contact = env["res.partner"].create(
        {
            "name": "Bea Buyer",
            "parent_id": member.partner_id.id,
            "email": "buyer@keepsake.example",
        }
    )
    env["res.users"].with_context(no_reset_password=True).create(
        {
            "name": contact.name,
            "login": "buyer",
            "password": "buyer",
            "partner_id": contact.id,
            "group_ids": [(6, 0, [env.ref("base.group_portal").id])],
        }
    )


def make_products(env):
    """Put the goods that were bought most often into the shop."""
    with gzip.open(file_path(EXTRACT), "rt", encoding="utf-8") as packed:
        rows = [
            (
                row["StockCode"],
                row["Description"].strip().capitalize(),
                row["UnitPrice"],
            )
            for row in DictReader(StringIO(packed.read()))
            if row["StockCode"][:5].isdigit() and float(row["UnitPrice"] or 0) > 0
        ]
    names = {code: (name, price) for code, name, price in rows}
    most_bought = Counter(code for code, _name, _price in rows).most_common(
        SHOP_PRODUCTS
    )
    env["product.template"].create(
        [
            {
                "name": names[code][0],
                "default_code": code,
                "list_price": float(names[code][1]),
                "website_published": True,
            }
            for code, _count in most_bought
        ]
    )


load(env)  # noqa: F821  the shell provides it
