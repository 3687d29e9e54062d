"""Each module installs and uninstalls in every order, and the log stays clean."""

import pytest
from tools import (
    GLUE_BY_ITSELF,
    MANIFESTS,
    MODULES,
    TEMPLATE_ODOO,
    TEMPLATE_SUITE,
    assert_clean,
    run_odoo,
    run_odoo_shell,
    sql,
    throwaway_database,
)

KINDS = {
    "member_loyalty_delivery": "freight",
    "member_loyalty_stock": "priority_delivery",
}
BASES = {
    "member_loyalty_delivery": "sale_loyalty_delivery",
    "member_loyalty_stock": "sale_stock",
}
NEEDS = {
    name: {one for one in manifest["depends"] if one in MANIFESTS}
    for name, manifest in MANIFESTS.items()
}
GRANT = """
program = env["member.program"].search([], limit=1)
ada = env["res.partner"].create({{"name": "Ada"}})
[membership] = program._enroll_partners(ada, "hand")
benefit = env["member.benefit"].create({{
    "program_id": program.id, "name": "Kept", "kind": {kind!r},
    "tier_ids": [(6, 0, program.tier_ids.ids)],
}})
benefit._use(membership)
"""
GLUE = [module for module in MODULES if module != "member_loyalty"]
UNINSTALL = """
module = env["ir.module.module"].search([("name", "=", {name!r})])
module.button_immediate_uninstall()
print("state:", module.state)
"""


def _install(database, *modules):
    return run_odoo(
        "-d", database, "-i", ",".join(modules), "--stop-after-init", "--no-http"
    )


def _state(database, module):
    query = "SELECT state FROM ir_module_module WHERE name = %s"
    return sql(database, query, [module])[0][0]


def _left_overs(database, module):
    query = "SELECT model, name FROM ir_model_data WHERE module = %s"
    return sql(database, query, [module])


@pytest.mark.parametrize("module", MODULES)
def test_a_module_installs_alone_without_a_warning(module):
    with throwaway_database(TEMPLATE_ODOO) as database:
        assert_clean(_install(database, module))

        assert _state(database, module) == "installed"
        asked_for = {module, "member_loyalty", *NEEDS[module]}
        others = set(MODULES) - asked_for - set(GLUE_BY_ITSELF)
        assert {_state(database, other) for other in others} <= {"uninstalled"}


@pytest.mark.parametrize("module", GLUE_BY_ITSELF)
def test_what_installs_itself_does_so_with_all_it_needs(module):
    with throwaway_database(TEMPLATE_ODOO) as database:
        assert_clean(_install(database, *NEEDS[module]))

        assert _state(database, module) == "installed"


def test_all_modules_install_together_without_a_warning():
    with throwaway_database(TEMPLATE_ODOO) as database:
        assert_clean(_install(database, *MODULES))

        assert {_state(database, module) for module in MODULES} == {"installed"}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_uninstalls_and_leaves_nothing(module):
    with throwaway_database(TEMPLATE_SUITE) as database:
        outcome = run_odoo_shell(database, UNINSTALL.format(name=module))

        assert_clean(outcome, "ERROR")
        assert _state(database, module) == "uninstalled"
        assert _left_overs(database, module) == []
        gone = {module, *(one for one in MODULES if module in NEEDS[one])}
        kept = set(GLUE) - gone if module in GLUE else set()
        assert {_state(database, other) for other in kept} <= {"installed"}
        assert_clean(_install(database, module))


@pytest.mark.parametrize("module", KINDS)
def test_what_was_used_outlives_the_module_that_made_it_real(module):
    script = GRANT.format(kind=KINDS[module]) + UNINSTALL.format(name=BASES[module])
    with throwaway_database(TEMPLATE_SUITE) as database:
        assert_clean(run_odoo_shell(database, script), "ERROR")

        assert _state(database, module) == "uninstalled"
        kept = "SELECT kind, active FROM member_benefit WHERE name->>'en_US' = 'Kept'"
        assert sql(database, kept) == [("promise", False)]
        assert sql(database, "SELECT SUM(quantity) FROM member_benefit_usage") == [(1,)]
