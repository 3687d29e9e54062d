"""The lines that benefits put on a quotation by themselves.

>>> due = [Line(3, "freight", "Freight", -50.0)]
>>> held = {7: Line(3, "freight", "Freight", -40.0)}
>>> compare(due, held)
Changes(create=(), update=((7, Line(benefit_id=3, part='freight', name='Freight', \
price=-50.0, tax_ids=())),), remove=())
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line that a benefit puts on a quotation.

    :param part: tells the lines of one benefit apart, such as those of two taxes
    :param price: the unit price of one unit, in the order's currency
    """

    benefit_id: int
    part: str
    name: str
    price: float
    tax_ids: tuple[int, ...] = ()

    def __post_init__(self):
        """Keep taxes in one order, so that the same ones are no change."""
        object.__setattr__(self, "tax_ids", tuple(sorted(self.tax_ids)))


@dataclass(frozen=True, slots=True)
class Changes:
    """What has to be done so that the lines are as they should be."""

    create: tuple[Line, ...]
    update: tuple[tuple[int, Line], ...]
    remove: tuple[int, ...]


def compare(due: Iterable[Line], held: Mapping[int, Line]) -> Changes:
    """Compare the lines that are due with those that are there.

    :param held: by id of the order line
    """
    wanted = {(line.benefit_id, line.part): line for line in due}
    update, remove = [], []
    for line_id, line in sorted(held.items()):
        line_due = wanted.pop((line.benefit_id, line.part), None)
        if line_due is None:
            remove.append(line_id)
        elif line_due != line:
            update.append((line_id, line_due))
    return Changes(tuple(wanted.values()), tuple(update), tuple(remove))
