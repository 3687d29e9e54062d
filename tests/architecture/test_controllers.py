"""Odoo makes one class of all controllers of a family: names there are shared.

Two classes that define the same method without knowing of each other answer for one
another, and nobody notices: the one that was loaded last wins.
"""

import ast
from dataclasses import dataclass

from source_tree import addon_files, listing, tree, where


@dataclass(frozen=True)
class Definition:
    """A method of a controller class.

    :param bases: names of the classes it names as its own
    :param goes_on: whether it calls what it overrides
    """

    place: str
    owner: str
    bases: tuple[str, ...]
    goes_on: bool


def test_no_two_controllers_define_the_same_method_unknowingly():
    clashes = find_clashes(read_definitions())

    assert not clashes, listing(clashes)


def test_a_clash_is_found_and_an_override_is_none():
    base = Definition("a.py:1", "Base", ("CustomerPortal",), goes_on=False)
    child = Definition("b.py:1", "Child", ("Base",), goes_on=False)
    stranger = Definition("c.py:1", "Stranger", ("CustomerPortal",), goes_on=False)
    polite = Definition("d.py:1", "Polite", ("CustomerPortal",), goes_on=True)

    assert not find_clashes({"_find": [base, child]})
    assert not find_clashes({"_find": [polite, Definition("e.py:1", "P", (), True)]})
    assert find_clashes({"_find": [base, stranger]})
    assert find_clashes({"_find": [base, polite]})


def read_definitions():
    """Return the methods of all controllers: {name: [Definition]}."""
    found = {}
    for path in addon_files("controllers/*.py"):
        for owner in tree(path).body:
            if not isinstance(owner, ast.ClassDef):
                continue
            bases = tuple(ast.unparse(base) for base in owner.bases)
            for method in owner.body:
                if isinstance(method, ast.FunctionDef):
                    place = where(path, method.lineno)
                    goes_on = calls_super(method)
                    definition = Definition(place, owner.name, bases, goes_on)
                    found.setdefault(method.name, []).append(definition)
    return found


def calls_super(method):
    """Tell whether a method calls the one that it overrides."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == method.name
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) == "super"
        for node in ast.walk(method)
    )


def find_clashes(definitions):
    """Return where a method is defined besides one of another class, unknowingly.

    All of a name may go on to what Odoo defines; else one class defines it, and all
    others are its children.
    """
    parents = {
        one.owner: one.bases for defined in definitions.values() for one in defined
    }
    clashes = []
    for name, defined in definitions.items():
        if len(defined) < 2 or all(one.goes_on for one in defined):
            continue
        owners = {one.owner for one in defined}
        roots = [one for one in defined if not ancestors(one.owner, parents) & owners]
        if len(roots) > 1:
            clashes += [f"{one.place} {one.owner}.{name}" for one in roots]
    return clashes


def ancestors(owner, parents):
    """Return the names of the classes that a class inherits from."""
    found, waiting = set(), list(parents.get(owner, ()))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += parents.get(name, ())
    return found
