"""Time pages until they are complete in Chromium, for a buyer with a long history.

    setup/odoo shell -d NAME --no-http < tests/benchmarks/browser.py

Serves a throw-away copy of the database NAME with two workers; the buyer has 1,000
orders and 1,000 entries of points (see member_centre.py). Each page is opened on a
phone, style sheets and scripts known after the first round, as on the second visit.
"""

import os
import resource
import shutil
import sys
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

import odoo.sql_db
from odoo.tools import config

ROUNDS = 7
AIM = 1.5  # seconds
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PAGES = {
    "overview": "/my/membership",
    "points": "/my/membership/points",
    "points shop": "/my/membership/rewards",
    "order history": "/my/membership/orders",
    "orders of Odoo": "/my/orders",
}
FILL = """
import sys
sys.path[:0] = ["tests", "tests/benchmarks"]
import member_centre
user = member_centre.prepare(env)
user.password = user.login
print(user.login)
env.cr.commit()
"""
COMPLETE = """() => {
    const [entry] = performance.getEntriesByType("navigation");
    return entry.loadEventEnd / 1000;
}"""


def measure(address, login):
    """Return the seconds until each page is complete, by name."""
    # Odoo limits the addresses of its processes; Chromium reserves more than that
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    program = next(filter(None, map(shutil.which, PROGRAMS)))
    times = {name: [] for name in PAGES}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.set_default_timeout(120_000)
        page.goto(f"{address}/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", login)
        page.click("form.oe_login_form button[type=submit]")
        page.wait_for_url("**/my**")
        for _round in range(ROUNDS + 1):
            for name, path in PAGES.items():
                page.goto(address + path, wait_until="load")
                page.wait_for_function("performance.timing.loadEventEnd > 0")
                times[name].append(page.evaluate(COMPLETE))
        browser.close()
    return {name: found[1:] for name, found in times.items()}


def main(env):
    """Print what was measured."""
    template = env.cr.dbname
    os.environ.setdefault("MEMBER_LOYALTY_DATA", config["data_dir"])
    sys.path.insert(0, str(Path("tests").resolve()))
    import tools
    from served import serve

    env.cr.close()
    odoo.sql_db.close_db(template)
    with tools.throwaway_database(template) as database:
        filled = tools.run_odoo_shell(database, FILL)
        if filled.returncode:
            raise SystemExit(filled.stderr[-3000:])
        login = filled.stdout.split()[-1]
        with serve(database) as (address, log):
            times = measure(address, login)
        log.unlink()
    for name, found in times.items():
        print(f"{name}: median {median(found):.2f} s, worst {max(found):.2f} s")
    print(f"aim: {AIM} s")


if "env" in globals():
    main(env)  # noqa: F821
