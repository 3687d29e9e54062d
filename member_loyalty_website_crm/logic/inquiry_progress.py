"""How far an inquiry is, in steps that mean something to who asked.

>>> tell_step(Progress(has_quotation=True))
'quoted'
>>> tell_step(Progress(has_quotation=True, has_order=True, is_closed=True))
'ordered'
>>> tell_step(Progress())
'received'
"""

from dataclasses import dataclass

STEPS = ("received", "working", "quoted", "ordered", "closed")


@dataclass(frozen=True, slots=True)
class Progress:
    """What the seller did about an inquiry.

    :param has_order: the buyer ordered, or the seller won it
    :param is_closed: it was lost or put away
    :param has_quotation: a quotation was sent that the buyer may open
    :param is_moved: somebody took it up: another stage than the first
    """

    has_order: bool = False
    is_closed: bool = False
    has_quotation: bool = False
    is_moved: bool = False


def tell_step(progress: Progress) -> str:
    """Return the furthest step; an order counts even when the inquiry was put away."""
    if progress.has_order:
        return "ordered"
    if progress.is_closed:
        return "closed"
    if progress.has_quotation:
        return "quoted"
    return "working" if progress.is_moved else "received"
