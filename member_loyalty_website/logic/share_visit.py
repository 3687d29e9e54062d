"""Whether a visit by a shared link earns points for the one who shared it.

>>> stranger = Visitor(device="f00d")
>>> sharer = Sharer(partner_id=7, entity_id=3, device="beef")
>>> is_genuine(stranger, sharer)
True
>>> is_genuine(Visitor(device="f00d", partner_id=8, entity_id=3), sharer)
False
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sharer:
    """Who shared a link.

    :param entity_id: the company of the contact, or the contact
    :param device: a hash of the browser and address that the link was made with
    """

    partner_id: int
    entity_id: int
    device: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who came by the link; ids only of those who are signed in."""

    device: str
    partner_id: int | None = None
    entity_id: int | None = None
    is_bot: bool = False
    is_employee: bool = False


def is_genuine(visitor: Visitor, sharer: Sharer) -> bool:
    """Tell whether somebody else came: no bot, employee or colleague, not oneself.

    Whoever comes from the same address with the same browser as the sharer counts as
    the sharer, signed in or not.
    """
    return not (
        visitor.is_bot
        or visitor.is_employee
        or visitor.device == sharer.device
        or visitor.partner_id == sharer.partner_id
        or visitor.entity_id == sharer.entity_id
    )
