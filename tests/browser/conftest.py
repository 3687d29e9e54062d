"""Browser tests look at a running shop with Chromium, on a phone and on a desktop.

Screenshots of all pages are left in ``screenshots`` beside the logs of the environment.
"""

import os
import resource
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import demonstration_world as world
import tools
from pages import DEVICES, Visit
from playwright.sync_api import sync_playwright
from served import serve

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def database():
    """Give the name of a database with the demonstration and five languages."""
    with tools.throwaway_database() as name:
        world.fill_with_demonstration(name)
        world.add_languages(name)
        yield name


@pytest.fixture(scope="session")
def shop(database):
    """Give the address of the running shop."""
    with serve(database) as (address, _log):
        yield address


@pytest.fixture(scope="session")
def chromium():
    """Give the browser; it needs more room for addresses than Odoo leaves itself."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    program = next(filter(None, map(shutil.which, PROGRAMS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def screenshots():
    """Give the folder for screenshots, empty at the beginning."""
    folder = Path(os.environ["MEMBER_LOYALTY_LOGS"]).parent / "screenshots"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(scope="session")
def sessions(chromium, shop):
    """Give the cookies of people who logged in, by login."""
    known = {}

    def log_in(login):
        if login not in known:
            context = chromium.new_context()
            Visit(context, shop).log_in(login)
            known[login] = context.cookies()
            context.close()
        return known[login]

    return log_in


@pytest.fixture
def visit(chromium, shop, sessions):
    """Give a function that opens the shop on a device as somebody."""
    contexts = []

    def begin(device="phone", login=None, **options):
        context = chromium.new_context(**{**DEVICES[device], **options})
        contexts.append(context)
        if login:
            context.add_cookies(sessions(login))
        return Visit(context, shop)

    yield begin
    for context in contexts:
        context.close()
