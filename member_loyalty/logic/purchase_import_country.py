"""The many ways to write a country.

>>> index = index_countries([("IE", 101, ["Ireland", "Irland"])])
>>> [index.get(simplify(name)) for name in ("EIRE", "irland", "ie", "Atlantis")]
[101, 101, 101, None]
"""

from collections.abc import Iterable

from .purchase_import_columns import simplify

# Names that are in use and that Odoo's list of countries does not have.
_ALIASES = {
    "AE": ("UAE", "Emirates"),
    "BA": ("Bosnia",),
    "BO": ("Bolivia",),
    "CD": ("DR Congo", "Congo Kinshasa"),
    "CI": ("Ivory Coast", "Côte d'Ivoire"),
    "CZ": ("Czech Republic", "Czechia"),
    "DE": ("Deutschland", "DEU", "GER"),
    "ES": ("España", "ESP"),
    "FR": ("FRA",),
    "GB": (
        "UK", "U.K.", "GBR", "Great Britain", "Britain", "England", "Scotland",
        "Wales", "Northern Ireland",
    ),
    "HK": ("Hong Kong SAR",),
    "IE": ("EIRE", "Republic of Ireland", "IRL"),
    "IR": ("Iran",),
    "KR": ("Korea", "Republic of Korea", "South Korea", "KOR"),
    "LA": ("Laos",),
    "MD": ("Moldova",),
    "MK": ("Macedonia", "North Macedonia"),
    "NL": ("Holland", "The Netherlands", "NLD"),
    "RU": ("Russia", "Russian Federation"),
    "SY": ("Syria",),
    "TR": ("Turkey", "Türkiye"),
    "TW": ("Taiwan",),
    "TZ": ("Tanzania",),
    "US": ("USA", "U.S.A.", "U.S.", "United States of America", "America"),
    "VE": ("Venezuela",),
    "VN": ("Vietnam", "Viet Nam"),
    "ZA": ("RSA", "South Africa"),
}  # fmt: skip


def index_countries(
    countries: Iterable[tuple[str, int, Iterable[str]]],
) -> dict[str, int]:
    """Return the id of a country for each of its simplified names and codes.

    :param countries: ISO code, id and names (one per language) of each country
    """
    index: dict[str, int] = {}
    by_code: dict[str, int] = {}
    for code, country_id, names in countries:
        by_code[code] = country_id
        for name in names:
            index.setdefault(simplify(name), country_id)
    for code, country_id in by_code.items():
        index[simplify(code)] = country_id
    for code, aliases in _ALIASES.items():
        if code in by_code:
            for alias in aliases:
                index.setdefault(simplify(alias), by_code[code])
    return index
