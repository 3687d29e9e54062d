"""Codes of personal links: nobody guesses them, and everybody can type them.

Sixteen signs of Crockford's alphabet of 32, which leaves out I, L, O and U: 80 bits.

>>> show("0123456789ABCDEF")
'0123-4567-89AB-CDEF'
>>> normalise(" olz3-4567-89ab-cdef ")
'01Z3456789ABCDEF'
>>> normalise("0123-4567") is None
True
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
GROUP = 4
LONGEST_TYPED = 64
LOOK_ALIKES = str.maketrans("OIL", "011")


def new() -> str:
    """Return a new code, from the system's source of randomness."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))


def normalise(typed: object) -> str | None:
    """Return the code that somebody typed, None for what can be no code at all.

    :param typed: what came with a request: signs that look alike, spaces and dashes
        are put right
    """
    if not isinstance(typed, str) or len(typed) > LONGEST_TYPED:
        return None
    code = "".join(sign for sign in typed.upper() if sign not in "- \t\r\n")
    code = code.translate(LOOK_ALIKES)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        return None
    return code


def show(code: str) -> str:
    """Return a code in groups, as people read it."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
