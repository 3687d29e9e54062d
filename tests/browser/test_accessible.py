"""Everybody can use the member centre: WCAG 2.2 AA, without JavaScript, in the dark."""

import pytest
from member_pages import PAGES
from pages import DEVICES


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_on_a_page(visit, page, device, scheme):
    buyer = visit(device, "buyer", color_scheme=scheme)

    buyer.open(PAGES[page])

    violations = buyer.find_violations()
    assert not violations, "\n".join(violations)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_read_without_javascript(visit, page):
    read = visit("phone", "buyer").open(PAGES[page])
    with_script = read.locator("main h1").all_inner_texts()

    read = visit("phone", "buyer", java_script_enabled=False).open(PAGES[page])

    assert read.locator("main h1").all_inner_texts() == with_script
    assert len(with_script) == 1
    assert len(read.locator("main").inner_text()) > 40
