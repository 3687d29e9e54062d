"""Files are where their name says, and named after what they hold."""

import ast
import re

import pytest
from source_tree import ADDONS, REPOSITORY, addon_files, listing, tree, where

ENDINGS = {
    "views": ("_views.xml", "_menus.xml", "_templates.xml"),
    "wizard": ("_views.xml",),
    "data": ("_data.xml",),
    "demo": ("_demo.xml",),
    "security": ("_security.xml",),
    "report": ("_views.xml", "_templates.xml", "_reports.xml"),
}
XML = [path for folder in ENDINGS for path in addon_files(f"{folder}/*.xml")]


def _classes(path):
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]


def _bases(node):
    return {getattr(base, "attr", getattr(base, "id", None)) for base in node.bases}


def _models_of(path):
    """Return the values of ``_name`` and ``_inherit`` in a file."""
    assignments = (
        statement
        for node in _classes(path)
        for statement in node.body
        if isinstance(statement, ast.Assign)
        and getattr(statement.targets[0], "id", "") in ("_name", "_inherit")
    )
    values = (ast.literal_eval(statement.value) for statement in assignments)
    return {
        name
        for value in values
        for name in ([value] if isinstance(value, str) else value)
    }


@pytest.mark.parametrize("path", addon_files("models/*.py"), ids=where)
def test_a_model_file_is_ours_or_named_after_the_native_model(path):
    if path.name == "__init__.py" or path.name.startswith("member_"):
        return

    assert path.stem in {name.replace(".", "_") for name in _models_of(path)}


@pytest.mark.parametrize("path", addon_files("models/*.py"), ids=where)
def test_wizards_do_not_live_in_models(path):
    assert [n.name for n in _classes(path) if "TransientModel" in _bases(n)] == []


@pytest.mark.parametrize("path", addon_files("models/*.py"), ids=where)
def test_cleaning_stands_on_a_model_that_has_records(path):
    """Odoo runs it on every model that has it, abstract ones too."""
    abstract = [node for node in _classes(path) if "AbstractModel" in _bases(node)]
    cleaning = [
        f"{where(path, method.lineno)} {method.name}"
        for node in abstract
        for method in node.body
        if isinstance(method, ast.FunctionDef)
        and any(
            getattr(one, "attr", "") == "autovacuum" for one in method.decorator_list
        )
    ]

    assert not cleaning, listing(cleaning)


@pytest.mark.parametrize("path", XML, ids=where)
def test_an_xml_file_says_what_it_holds(path):
    assert path.name.endswith(ENDINGS[path.parent.name])


@pytest.mark.parametrize("path", XML, ids=where)
def test_xml_ids_do_not_repeat_the_module(path):
    prefix = f'id="{path.parent.parent.name}.'
    text = path.read_text(encoding="utf-8")
    lines = [
        where(path, number)
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(r"<(record|template|menuitem)\b", line) and prefix in line
    ]

    assert not lines, listing(lines)


@pytest.mark.parametrize("addon", ADDONS, ids=where)
def test_only_the_core_is_an_application(addon):
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text(encoding="utf-8"))

    assert manifest.get("application", False) == (addon.name == "member_loyalty")
    assert manifest["license"] == "LGPL-3"


def test_no_two_views_of_an_addon_have_the_same_xml_id():
    named = re.compile(
        r"<(?:template\b[^>]*?|record\b(?=[^>]*\"ir\.ui\.view\")[^>]*?)\bid=\"([^\"]+)\"",
        re.DOTALL,
    )
    places = {}
    for path in addon_files("**/*.xml"):
        if "static" in path.parts:
            continue
        addon = path.relative_to(REPOSITORY).parts[0]
        for name in named.findall(path.read_text(encoding="utf-8")):
            places.setdefault((addon, name), []).append(where(path))

    twice = [f"{name}: {found}" for name, found in places.items() if len(found) > 1]
    assert not twice, listing(twice)


def test_texts_are_translated_by_the_name_that_the_extractor_reads():
    """Odoo reads calls of ``_``: what another name says is in no catalogue."""
    violations = [
        where(path, node.lineno)
        for path in addon_files("**/*.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign)
        for value in ast.walk(node.value)
        if isinstance(value, ast.Attribute) and value.attr == "_"
        if not any(
            isinstance(call, ast.Call) and call.func is value
            for call in ast.walk(node.value)
        )
    ]

    assert not violations, listing(violations)
