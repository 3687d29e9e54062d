"""What the profile of a member asks for, and what of it is missing.

>>> missing_from_profile({"name": "Ada", "city": " ", "phone": "1"}, is_company=False)
('email', 'street', 'city', 'country_id')
"""

from collections.abc import Mapping

OF_EVERYBODY = ("name", "email", "phone", "street", "city", "country_id")
OF_COMPANIES = (*OF_EVERYBODY, "vat")


def missing_from_profile(
    profile: Mapping[str, object], is_company: bool
) -> tuple[str, ...]:
    """Return the names of what a profile asks for and does not have, in their order.

    >>> missing_from_profile({"name": "Bolt", "vat": "1"}, is_company=True)[:2]
    ('email', 'phone')
    """
    wanted = OF_COMPANIES if is_company else OF_EVERYBODY
    return tuple(name for name in wanted if not str(profile.get(name) or "").strip())


def is_profile_complete(profile: Mapping[str, object], is_company: bool) -> bool:
    """Tell whether everything is filled in that a profile asks for.

    >>> is_profile_complete({"name": "Ada"}, is_company=False)
    False
    """
    return not missing_from_profile(profile, is_company)
