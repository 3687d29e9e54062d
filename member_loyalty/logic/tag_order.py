"""In which order tags kept by rules are worked out, when one asks for another.

A tag comes after those it asks for, so that one evaluation settles all of them:

>>> order = levels({1: {2}, 2: {3}, 3: set(), 4: {99}})
>>> order
((3, 4), (2,), (1,))

A tag that asks for itself, at whatever distance, can never be worked out:

>>> find_circle({1: {2}, 2: {1}, 3: {1}})
(1, 2)
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet


def levels(asked_for: Mapping[int, AbstractSet[int]]) -> tuple[tuple[int, ...], ...]:
    """Return the tags in groups, each after the groups that it asks for.

    What is not a key is there already, such as a tag kept by hand. Tags in a circle
    come last, together.

    :param asked_for: by tag, the tags that its rules ask for
    """
    waiting = {tag: set(others) & asked_for.keys() for tag, others in asked_for.items()}
    groups = []
    while waiting:
        ready = sorted(tag for tag, others in waiting.items() if not others)
        ready = ready or sorted(waiting)
        groups.append(tuple(ready))
        for tag in ready:
            del waiting[tag]
        for others in waiting.values():
            others.difference_update(ready)
    return tuple(groups)


def find_circle(asked_for: Mapping[int, AbstractSet[int]]) -> tuple[int, ...]:
    """Return tags each of which asks for the next and the last for the first.

    An empty tuple when there is no circle.
    """
    for start in sorted(asked_for):
        if path := _path(asked_for, start, start, ()):
            return path
    return ()


def _path(asked_for, tag, goal, passed) -> tuple[int, ...]:
    """Return the way from ``tag`` back to ``goal``, () when there is none."""
    passed = (*passed, tag)
    for other in sorted(asked_for.get(tag, ())):
        if other == goal:
            return passed
        if other not in passed and (path := _path(asked_for, other, goal, passed)):
            return path
    return ()
