"""Whether a message reaches a member by mail, and whether it may.

>>> mail_state(Reader("ada@example.com"), is_marketing=True)
'queued'
>>> mail_state(Reader("ada@example.com", refuses_marketing=True), is_marketing=True)
'refused'
>>> mail_state(Reader("ada@example.com", refuses_marketing=True), is_marketing=False)
'queued'
"""

from dataclasses import dataclass

MOST_BOUNCES = 5  # as Odoo's mass mailing has it


@dataclass(frozen=True, slots=True)
class Reader:
    """The contact that a mail would go to.

    :param bounces: how many mails to the address came back
    :param refuses_marketing: the contact, or its address, wants no advertising
    """

    email: str | None = None
    bounces: int = 0
    refuses_marketing: bool = False


def mail_state(reader: Reader, is_marketing: bool) -> str:
    """Return "queued" for a mail that may go out, or why there is none.

    :return: "queued", "no_address", "bounced" or "refused"

    >>> mail_state(Reader("ada@example.com", bounces=5), is_marketing=False)
    'bounced'
    """
    if not reader.email:
        return "no_address"
    if reader.bounces >= MOST_BOUNCES:
        return "bounced"
    if is_marketing and reader.refuses_marketing:
        return "refused"
    return "queued"
