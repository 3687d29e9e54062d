"""What there is to tell a member, before it is put into words.

>>> Notice(7, "decision,12", {"tier": "Silver"}).key
'decision,12'
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell a member.

    :param partner_id: who is told
    :param key: names the event among those of its kind; a member is told once of it
    :param values: what the texts can name: words, numbers, days, records, or
        functions that return words for an environment in the reader's language
    :param source: model and id of the record behind it
    :param url: where a button leads to; the member's own page unless given
    :param title: words instead of those of the kind: as in ``values``
    :param body: the same
    """

    partner_id: int
    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    source: tuple[str, int] | None = None
    url: str | None = None
    title: object = None
    body: object = None
