"""The catalogues are complete, and the templates are what Odoo exports."""

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader

import polib
import pytest
from tools import MODULES, REPOSITORY, records, run_odoo_shell, throwaway_database


def _load(name):
    """Return the script ``name`` of the folder i18n as a module."""
    loader = SourceFileLoader(f"i18n_{name}", str(REPOSITORY / "i18n" / name))
    module = module_from_spec(spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def _read_entries(template):
    return {
        entry.msgid: (entry.comment, sorted(entry.occurrences)) for entry in template
    }


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """Templates of all modules as Odoo exports them today."""
    folder = tmp_path_factory.mktemp("templates")
    with throwaway_database() as database:
        process = run_odoo_shell(database, _load("update").get_export_script(folder))
    assert process.returncode == 0, process.stderr[-6000:]
    assert not records(process.stderr), process.stderr[-6000:]
    return folder


def test_every_catalogue_is_complete():
    defects = _load("check").find_defects(REPOSITORY)

    assert not defects, "\n" + "\n".join(defects)


@pytest.mark.parametrize("module", MODULES)
def test_the_template_has_the_texts_of_today(module, exported):
    fresh = _load("update").read_template(exported / f"{module}.pot")
    committed = polib.pofile(str(REPOSITORY / module / "i18n" / f"{module}.pot"))

    old, new = _read_entries(committed), _read_entries(fresh)
    changed = sorted(text for text in old | new if old.get(text) != new.get(text))
    assert not changed, f"Run i18n/update DATABASE and i18n/check. Changed: {changed}"
