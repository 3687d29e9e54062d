"""What a contact said to a purpose, and whether that lets it be used for it.

>>> state(Answer(is_given=True, version=1), valid_from_version=2)
''
>>> is_allowed("", is_demanded=True), is_allowed("", is_demanded=False)
(False, True)
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

GIVEN = "given"
REFUSED = "refused"
NEVER_ASKED = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The last answer of a contact to a purpose.

    :param version: number of the version whose text was shown
    """

    is_given: bool
    version: int


def state(answer: Answer | None, valid_from_version: int) -> str:
    """Return "given", "refused", or "" for who is to be asked.

    Agreeing to a text counts until a version asks again; a refusal counts until it
    is taken back:

    >>> state(Answer(is_given=True, version=2), valid_from_version=2)
    'given'
    >>> state(Answer(is_given=False, version=1), valid_from_version=2)
    'refused'
    >>> state(None, valid_from_version=1)
    ''

    :param valid_from_version: number of the last version that asked again
    """
    if answer is None:
        return NEVER_ASKED
    if not answer.is_given:
        return REFUSED
    return GIVEN if answer.version >= valid_from_version else NEVER_ASKED


def is_allowed(state: str, is_demanded: bool) -> bool:
    """Tell whether something may be done: nobody refused, and who must agree did.

    >>> is_allowed("refused", is_demanded=False), is_allowed("given", is_demanded=True)
    (False, True)
    """
    return state == GIVEN or (state == NEVER_ASKED and not is_demanded)


def is_demanded(
    demand: str, country_id: int | None, country_ids: Collection[int], is_company: bool
) -> bool:
    """Tell whether consent is needed beforehand from somebody of a country.

    A company is no person whose data is protected. Where a country is not known,
    consent is asked for rather than assumed to be unnecessary.

    >>> is_demanded("countries", 7, {7, 8}, is_company=False)
    True
    >>> is_demanded("countries", None, {7, 8}, is_company=False)
    True
    >>> is_demanded("countries", 9, {7, 8}, is_company=False)
    False
    >>> is_demanded("everywhere", 9, set(), is_company=True)
    False

    :param demand: "nowhere", "countries" or "everywhere"
    """
    if is_company or demand == "nowhere":
        return False
    return demand == "everywhere" or not country_id or country_id in country_ids


def text_hash(title: str, text: str) -> str:
    """Return what proves which words were shown: SHA-256, in hexadecimal.

    >>> text_hash("Marketing", "I agree.")[:12]
    'e680d1f461ee'
    """
    return hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
