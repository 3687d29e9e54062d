"""Show referrals: a buyer's link, and companies that came by it in each state.

Runs in ``odoo shell`` after points are there. Registrations and orders are made with
the methods that the website and a salesperson use.
"""

import sys

from odoo import Command

COMPANIES = (
    # name, mail domain, country, how far it comes
    ("Atelier Duval", "atelier-duval.example", "base.fr", "rewarded"),
    ("Borealis Design", "borealis.example", "base.no", "waiting"),
    ("Casa Moreno", "casa-moreno.example", "base.es", "ordered"),
    ("Delta Interiors", "delta-interiors.example", "base.us", "bound"),
)


def load(env):
    """Switch referrals on as a manager would, and let some companies come."""
    program = env["member.program"].search([], limit=1)
    buyer = env["res.users"].search([("login", "=", "buyer")]).partner_id
    if not buyer or not program.wallet_id:
        return
    say("referrals: rules, a link, companies that came by it")
    program.write({"referral_active": True, "referral_minimum_amount": 50})
    make_rules(env, program)
    code = env["member.referral.code"]._make(buyer, program)
    for name, domain, country, course in COMPANIES:
        referral = register(env, code, name, f"info@{domain}", country)
        follow(env, referral, course)
    own = buyer.commercial_partner_id
    mail = f"office@{(buyer.email or own.email or '').rpartition('@')[2]}"
    register(env, code, f"{own.name} Outlet", mail, "base.uk", street=own.street)
    env.cr.commit()


def say(what):
    """Show what is being done."""
    print(f"      {what}", file=sys.stderr, flush=True)


def make_rules(env, program):
    """Give points to both sides."""
    env["member.earning.rule"].create(
        [
            {
                "program_id": program.id,
                "name": name,
                "kind": kind,
                "points": points,
            }
            for name, kind, points in (
                ("Referral of a new customer", "referral", 500),
                ("Came by a referral", "referred", 200),
            )
        ]
    )


def register(env, code, name, mail, country, **values):
    """Let a company register with a code, as by the website's form."""
    company = env["res.partner"].create(
        {
            "name": name,
            "is_company": True,
            "email": mail,
            "country_id": env.ref(country).id,
            **values,
        }
    )
    code.program_id._enroll_partners(company, "signup")
    return env["member.referral"]._bind(code, company)


def follow(env, referral, course):
    """Let the company order and pay, as far as it is to come."""
    if course == "bound":
        return
    product = env["product.product"].search(
        [("website_published", "=", True), ("list_price", ">", 1)], limit=1
    )
    line = {"product_id": product.id, "product_uom_qty": 200}
    order = env["sale.order"].create(
        {
            "partner_id": referral.contact_id.id,
            "company_id": referral.company_id.id,
            "order_line": [Command.create(line)],
        }
    )
    order.action_confirm()
    if course in ("waiting", "rewarded"):
        order.order_line.qty_delivered = 200
        invoice = order._create_invoices()
        invoice.action_post()
        env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
    referral._follow()
    if course == "rewarded" and referral.state == "waiting":
        referral.due_on = referral.paid_on
        referral._follow()


load(env)  # noqa: F821  the shell provides it
