"""What is measured of a member: a metric, over a window, within limits.

>>> spend = FigureKey("purchase_amount", Window("rolling_months", 12))
>>> spend.code
'purchase_amount:rolling_months:12'
>>> gears = FigureKey("order_count", Window("lifetime"), Limit(category_ids=(7, 9)))
>>> gears.code
'order_count:lifetime:0:category_ids=7,9'
>>> FigureKey.from_code(gears.code) == gears
True
"""

from dataclasses import dataclass, fields, replace

from .windows import Window


@dataclass(frozen=True, slots=True)
class Limit:
    """What alone is counted; an empty tuple leaves everything in.

    :param category_ids: product categories, with those below them
    :param country_ids: countries of the customer
    :param team_ids: sales teams
    :param tag_ids: member tags that are looked for
    :param tier_ids: tiers that are looked for
    """

    category_ids: tuple[int, ...] = ()
    country_ids: tuple[int, ...] = ()
    team_ids: tuple[int, ...] = ()
    tag_ids: tuple[int, ...] = ()
    tier_ids: tuple[int, ...] = ()

    @property
    def code(self) -> str:
        """Return the limit as text, empty when nothing is limited."""
        return ";".join(
            f"{field.name}={','.join(map(str, ids))}"
            for field in fields(self)
            if (ids := getattr(self, field.name))
        )

    @classmethod
    def from_code(cls, code: str) -> "Limit":
        """Return the limit that a text says."""
        parts = (part.split("=") for part in code.split(";") if part)
        return cls(**{name: tuple(map(int, ids.split(","))) for name, ids in parts})


NO_LIMIT = Limit()


@dataclass(frozen=True, slots=True)
class FigureKey:
    """What is measured: a metric over a window, of what lies within a limit."""

    metric: str
    window: Window
    limit: Limit = NO_LIMIT

    @property
    def code(self) -> str:
        """Return the figure's name in what is kept, such as a decision."""
        code = f"{self.metric}:{self.window.type}:{self.window.length}"
        return f"{code}:{self.limit.code}" if self.limit != NO_LIMIT else code

    @classmethod
    def from_code(cls, code: str) -> "FigureKey":
        """Return the figure that a code names."""
        metric, window_type, length, *limit = code.split(":", 3)
        window = Window(window_type, int(length))
        return cls(metric, window, Limit.from_code(limit[0]) if limit else NO_LIMIT)

    def over_all_time(self) -> "FigureKey":
        """Return the same figure measured since ever."""
        return replace(self, window=Window("lifetime"))
