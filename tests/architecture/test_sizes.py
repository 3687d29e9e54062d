"""One concept per file, one screen per function."""

import re

from source_tree import functions, listing, python_files, shell_files, where

FILE_LINES = 300
FUNCTION_LINES = 40


def test_no_file_is_longer_than_300_lines():
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in [*python_files(), *shell_files()]
    }

    long = [f"{where(path)} {n}" for path, n in lengths.items() if n > FILE_LINES]
    assert not long, listing(long)


def test_no_python_function_is_longer_than_40_lines():
    long = [
        f"{where(path, node.lineno)} {node.name}"
        for path in python_files()
        for node in functions(path)
        if node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    ]

    assert not long, listing(long)


def test_no_shell_function_is_longer_than_40_lines():
    body = re.compile(r"^(\w+)\(\) [({].*?^[)}]$", re.MULTILINE | re.DOTALL)
    long = [
        f"{where(path)} {match[1]}"
        for path in shell_files()
        for match in body.finditer(path.read_text(encoding="utf-8"))
        if match[0].count("\n") + 1 > FUNCTION_LINES
    ]

    assert not long, listing(long)
