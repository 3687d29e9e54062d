"""SQL has an address: ``queries``, ``report`` and ``migrations``, nowhere else."""

import ast

from source_tree import ADDONS, listing, python_files, tree, where

# The one door for a statement whose conflict the caller answers.
EXECUTION = "execution.py"
HOMES = {"queries", "report", "migrations", "tests"}


def _calls(path):
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def _is_name(node, name):
    return getattr(node, "id", getattr(node, "attr", None)) == name


def _writes_sql(call):
    function = call.func
    if _is_name(function, "SQL"):
        return True
    if not isinstance(function, ast.Attribute):
        return False
    on_cursor = _is_name(function.value, "cr") or _is_name(function.value, "_cr")
    return _is_name(function.value, "SQL") or (
        on_cursor and function.attr in ("execute", "executemany", "execute_values")
    )


def test_sql_is_written_in_queries_only():
    loose = [
        where(path, call.lineno)
        for path in python_files(*ADDONS)
        if not HOMES & set(path.parts)
        for call in _calls(path)
        if _writes_sql(call)
    ]

    assert not loose, listing(loose)


def test_queries_execute_nothing():
    executing = [
        where(path, call.lineno)
        for path in python_files(*(addon / "queries" for addon in ADDONS))
        if path.name != EXECUTION
        for call in _calls(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in ("execute", "execute_query", "execute_query_dict")
    ]

    assert not executing, listing(executing)


def test_nobody_commits_by_hand():
    commits = [
        where(path, call.lineno)
        for path in python_files(*ADDONS)
        for call in _calls(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "commit"
        and (_is_name(call.func.value, "cr") or _is_name(call.func.value, "_cr"))
    ]

    assert not commits, listing(commits)
