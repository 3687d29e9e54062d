"""Say what is in the demonstration: tiers, best members, Excel file, logins.

Runs in ``odoo shell``, which provides ``env``. What it prints is kept and shown at
every start.
"""

import os
from pathlib import Path

LOGINS = (
    ("manager", "sets up programs, tiers and rules"),
    ("salesperson", "sees members, tiers and why"),
    ("buyer", "a customer, in the portal under Your Membership"),
    ("admin", "everything"),
)


def summarise(env):
    """Print the summary."""
    program = env["member.program"].search([], limit=1)
    print(f"\n{program.company_id.name}: {program.name}\n")
    print_tiers(program)
    print_best_members(env, program)
    path = Path(os.environ["MEMBER_LOYALTY_STATE"]) / "members.xlsx"
    export_members(env, program, path)
    print(f"Excel file of all members:\n  {path}\n")
    print("Logins (the password is the same word):")
    for login, what in LOGINS:
        print(f"  {login:<12} {what}")


def print_tiers(program):
    """Print each tier with its members and what they bought, highest first."""
    totals = program._get_tier_totals()
    currency = program.currency_id.name
    print(f"  {'Tier':<12}{'Members':>9}{'Bought in 12 months':>24}")
    for tier in program.tier_ids.sorted("sequence", reverse=True):
        count, amount = totals.get(tier.id, (0, 0))
        print(f"  {tier.name:<12}{count:>9,}{amount:>20,.2f} {currency}")
    print()


def print_best_members(env, program):
    """Print the ten members who bought most."""
    members = env["member.membership"].search([("program_id", "=", program.id)])
    figures = program._get_figures(members.partner_id.ids)
    best = sorted(
        members,
        key=lambda member: figures.get(member.partner_id.id, (0,))[0],
        reverse=True,
    )[:10]
    print("Ten best members:")
    for member in best:
        amount, orders, last_on = figures.get(member.partner_id.id, (0, 0, ""))
        country = member.country_id.name or ""
        print(
            f"  {member.partner_id.name:<18} {country:<16} {member.tier_id.name:<9}"
            f"{amount:>12,.2f} in {orders:>3} orders, last on {last_on}"
        )
    print()


def export_members(env, program, path):
    """Write the Excel file that the export on the screen writes."""
    wizard = env["member.export"].create({"program_id": program.id})
    wizard._write_workbook(path)


summarise(env)  # noqa: F821  the shell provides it
