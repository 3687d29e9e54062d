"""Load each add-on's ``logic`` under its own name, so that it runs without Odoo.

The add-on's ``__init__`` imports Odoo; its ``logic`` imports the standard library
only. ``member_loyalty/logic`` is importable here as ``member_loyalty_logic``.
"""

import importlib.util
import os
import sys
from pathlib import Path

from hypothesis import settings

REPOSITORY = Path(__file__).resolve().parent.parent


def _load_logic(folder: Path) -> None:
    name = f"{folder.parent.name}_logic"
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


for _folder in sorted(REPOSITORY.glob("member_loyalty*/logic")):
    if (_folder / "__init__.py").is_file():
        _load_logic(_folder)

# the same examples every time, so that a test that fails fails again; to look for new
# ones, run with HYPOTHESIS_PROFILE=explore
settings.register_profile("repeat", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeat"))
