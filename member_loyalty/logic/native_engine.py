"""How code tells Odoo's own loyalty engine from a caller outside.

A key in the context can be sent by anybody over RPC, a Python object cannot: what
comes in as JSON or XML is another object, whatever it says.

>>> is_engine({KEY: ENGINE})
True
>>> is_engine({KEY: True}), is_engine({KEY: str(ENGINE)}), is_engine({})
(False, False, False)
"""

from collections.abc import Mapping

KEY = "member_native_engine"


class _Engine:
    """Nothing but itself; there is one, and it cannot be copied from outside."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ENGINE"


ENGINE = _Engine()


def is_engine(context: Mapping[str, object]) -> bool:
    """Tell whether the engine is at work in this context, and no caller outside."""
    return context.get(KEY) is ENGINE
