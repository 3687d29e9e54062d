"""Each module installs and uninstalls in every order, and the log stays clean."""

import pytest
from tools import (
    MODULES,
    TEMPLATE_ODOO,
    TEMPLATE_SUITE,
    assert_clean,
    run_odoo,
    run_odoo_shell,
    sql,
    throwaway_database,
)

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
        others = set(MODULES) - {module, "member_loyalty"}
        assert {_state(database, other) for other in others} <= {"uninstalled"}


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
        kept = set(GLUE) - {module} if module in GLUE else set()
        assert {_state(database, other) for other in kept} <= {"installed"}
        assert_clean(_install(database, module))
