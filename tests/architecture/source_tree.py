"""The repository's files as the layout rules see them."""

import ast
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
ADDONS = sorted(path.parent for path in REPOSITORY.glob("*/__manifest__.py"))
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def python_files(*folders):
    """Return the Python files below ``folders``, by default of the whole repository."""
    if not folders:
        folders = (*ADDONS, REPOSITORY / "tests", REPOSITORY / "setup")
    found = {path for folder in folders for path in folder.rglob("*.py")}
    return sorted(path for path in found if "__pycache__" not in path.parts)


def shell_files():
    """Return the scripts and shell libraries of ``setup``."""
    setup = REPOSITORY / "setup"
    scripts = [path for path in setup.iterdir() if path.is_file() and not path.suffix]
    return sorted(scripts + list(setup.glob("lib/*.sh")))


def addon_files(pattern):
    """Return the files of all add-ons that match the glob ``pattern``."""
    return sorted(path for addon in ADDONS for path in addon.glob(pattern))


@cache
def tree(path):
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path):
    """Yield every function and method of a Python file."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, FUNCTIONS))


def where(path, line=None):
    """Name a place so that an editor can open it."""
    place = str(path.relative_to(REPOSITORY))
    return f"{place}:{line}" if line else place


def listing(violations):
    """Return one violation per line, for the message of an assertion."""
    return "\n" + "\n".join(violations)
