"""The examples in the documentation of the pure rules are true."""

import doctest
import importlib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
MODULES = [
    f"{path.parent.parent.name}_logic.{path.stem}"
    for path in sorted(REPOSITORY.glob("member_loyalty*/logic/*.py"))
    if path.stem != "__init__"
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_logic_hold(name):
    outcome = doctest.testmod(importlib.import_module(name))

    assert outcome.failed == 0
