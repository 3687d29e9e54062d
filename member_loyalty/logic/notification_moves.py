"""Which message a member gets for joining, rising or falling.

>>> day = date(2026, 3, 15)
>>> message(Move("up", 0, 1, Joining("order", day, day)))
'tier_up'

Whose history was brought in is not welcomed:

>>> message(Move("join", None, 0, Joining("import", day, day)))
>>> message(Move("join", None, 0, Joining("order", date(2025, 1, 1), day)))
"""

from dataclasses import dataclass
from datetime import date, timedelta

FRESH = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Joining:
    """How somebody became a member.

    :param by: "signup", "order", "import" or "hand"
    :param joined_on: since when they count as a member
    :param enrolled_on: when that was written down
    """

    by: str | None
    joined_on: date | None
    enrolled_on: date

    def is_history(self) -> bool:
        """Tell whether it was written down long after: nobody waits for a welcome."""
        if self.by == "import":
            return True
        return bool(self.joined_on and self.enrolled_on - self.joined_on > FRESH)

    def explains(self, decided_on: date, by_run: bool) -> bool:
        """Tell whether a move came with the history that was brought in.

        An import moves nobody: the next evaluation does, mostly on the next day. Who
        orders meanwhile rises at once, without one.

        :param by_run: an evaluation of the program decided it
        """
        last = self.enrolled_on + (FRESH if by_run else timedelta(0))
        return self.is_history() and decided_on <= last


@dataclass(frozen=True, slots=True)
class Move:
    """A decision on a member.

    :param before: rank of the tier left, None for who joins
    :param after: rank of the tier reached
    :param with_history: it came with the history that was brought in
    """

    event: str
    before: int | None
    after: int
    joining: Joining
    with_history: bool = False


def message(move: Move) -> str | None:
    """Return the kind of message for a move; None when there is nothing to say.

    Appeals have messages of their own; whose contacts were merged did nothing.

    >>> long_ago = Joining("hand", None, date(2020, 1, 1))
    >>> [message(Move(event, 1, 0, long_ago)) for event in ("down", "manual", "merge")]
    ['tier_down', 'tier_down', None]
    """
    if move.with_history:
        return None
    if move.event == "join":
        return None if move.joining.is_history() else "joined"
    if move.event not in ("up", "down", "manual") or move.before == move.after:
        return None
    return "tier_up" if move.after > (move.before or 0) else "tier_down"
