"""How the levels of a set of benefits fit the tiers of a ladder.

A set speaks of levels: 0 is where everybody starts, the last is the best.

>>> levels_of(tiers=3, levels=3)
(0, 1, 2)
>>> levels_of(tiers=5, levels=3)
(0, 0, 1, 1, 2)
>>> levels_of(tiers=2, levels=3)
(0, 1)
"""


def levels_of(tiers: int, levels: int) -> tuple[int, ...]:
    """Return the level of each tier, the lowest first.

    The lowest tier is the first level and, where there are tiers enough, the highest
    is the last; between them the levels are spread evenly. With fewer tiers than
    levels, the highest levels are those of nobody.

    >>> levels_of(tiers=1, levels=3), levels_of(tiers=4, levels=1), levels_of(0, 3)
    ((0,), (0, 0, 0, 0), ())
    """
    if tiers <= levels:
        return tuple(range(tiers))
    steps = tiers - 1
    return tuple(place * (levels - 1) // steps for place in range(tiers))


def tiers_between(places: tuple[int, ...], first: int, last: int) -> tuple[int, ...]:
    """Return the places of the tiers whose level is in a span, ends included.

    >>> tiers_between((0, 0, 1, 1, 2), first=1, last=2)
    (2, 3, 4)
    """
    return tuple(place for place, level in enumerate(places) if first <= level <= last)
