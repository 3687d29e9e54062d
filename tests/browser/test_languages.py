"""The member centre in the languages that the suite is complete in."""

import pytest
from demonstration_world import LANGUAGES
from member_pages import PAGES
from pages import DEVICES

LOCALES = {"en": "en-GB", "zh_CN": "zh-CN", "de": "de-AT", "ja": "ja-JP", "ar": "ar"}


def _in_language(path, code):
    return path if code == "en" else f"/{code}{path}"


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("language", LANGUAGES.values())
def test_pages_fit_the_screen_in_every_language(visit, screenshots, language, device):
    buyer = visit(device, "buyer")

    for name, path in PAGES.items():
        page = buyer.open(_in_language(path, language))
        picture = screenshots / f"{name}-{language}-{device}.png"
        page.screenshot(path=picture, full_page=True)

        assert not buyer.find_overflow(), f"{name}: {buyer.find_overflow()}"
        direction = "rtl" if language == "ar" else "ltr"
        style = "getComputedStyle(document.querySelector('main')).direction"
        assert page.evaluate(style) == direction


@pytest.mark.parametrize(("language", "locale"), LOCALES.items())
def test_a_page_comes_in_the_language_of_the_browser(visit, language, locale):
    visitor = visit("phone", locale=locale)

    page = visitor.open("/shop")

    shown = page.locator("html").get_attribute("lang")
    assert shown.replace("-", "_").startswith(language)
