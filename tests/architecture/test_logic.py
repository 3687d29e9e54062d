"""``logic`` decides: standard library only, documented, with an example that runs."""

import ast
import sys

import pytest
from source_tree import FUNCTIONS, addon_files, functions, listing, tree, where

LOGIC = [path for path in addon_files("logic/**/*.py") if path.name != "__init__.py"]
PACKAGES = addon_files("logic/**/__init__.py")


def _imported_roots(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0], node.lineno


def _is_public(node):
    return not node.name.startswith("_")


def _public_definitions(path):
    for node in tree(path).body:
        if isinstance(node, ast.ClassDef) and _is_public(node):
            yield node
            yield from (
                member
                for member in node.body
                if isinstance(member, FUNCTIONS) and _is_public(member)
            )
        elif isinstance(node, FUNCTIONS) and _is_public(node):
            yield node


@pytest.mark.parametrize("path", [*LOGIC, *PACKAGES], ids=where)
def test_logic_imports_the_standard_library_only(path):
    foreign = [
        f"{where(path, line)} {root}"
        for root, line in _imported_roots(path)
        if root not in sys.stdlib_module_names
    ]

    assert not foreign, listing(foreign)


@pytest.mark.parametrize("path", [*LOGIC, *PACKAGES], ids=where)
def test_relative_imports_stay_inside_logic(path):
    depth = len(path.relative_to(_logic_folder(path)).parts)
    leaving = [
        where(path, node.lineno)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.level > depth
    ]

    assert not leaving, listing(leaving)


def _logic_folder(path):
    return next(parent for parent in path.parents if parent.name == "logic")


@pytest.mark.parametrize("path", LOGIC, ids=where)
def test_a_module_of_logic_opens_with_an_example(path):
    assert ">>> " in (ast.get_docstring(tree(path)) or "")


@pytest.mark.parametrize("path", LOGIC, ids=where)
def test_public_definitions_of_logic_are_documented(path):
    silent = [
        f"{where(path, node.lineno)} {node.name}"
        for node in _public_definitions(path)
        if not ast.get_docstring(node)
    ]

    assert not silent, listing(silent)


@pytest.mark.parametrize("path", LOGIC, ids=where)
def test_logic_never_asks_the_clock(path):
    asking = [
        where(path, node.lineno)
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and node.attr in ("today", "now", "utcnow")
    ]

    assert not asking, listing(asking)
