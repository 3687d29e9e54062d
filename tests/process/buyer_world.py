"""Companies with a buyer each, who read the member centre at the same time."""

import html

import requests
from member_pages import PAGES
from requests.adapters import HTTPAdapter
from urllib3 import Retry

BUYERS = 50
PREPARE = f"""
from odoo import Command
website = env.ref("website.default_website")
# one round is enough where nothing is secret, and quick
env["ir.config_parameter"].set_param("password.hashing.rounds", "1000")
program = env["member.program"].search([], limit=1)
program.write({{"appeal_by_members": True, "referral_active": True}})
program._start_points()
env["member.earning.rule"].create([
    {{"name": kind, "program_id": program.id, "kind": kind, "points": 5}}
    for kind in ("check_in", "sharing", "profile", "referral")
])
product = env["product.product"].create(
    {{"name": "Thing", "type": "service", "list_price": 100, "is_published": True}}
)
portal = env.ref("base.group_portal")
for number in range({BUYERS}):
    mark = "Company%03d" % number
    company = env["res.partner"].create({{"name": mark, "is_company": True}})
    buyer = env["res.users"].with_context(no_reset_password=True).create({{
        "name": "Buyer of %s" % mark, "login": mark, "password": mark,
        "group_ids": [Command.set(portal.ids)],
    }})
    buyer.partner_id.parent_id = company
    order = env["sale.order"].create({{
        "partner_id": buyer.partner_id.id, "client_order_ref": mark,
        "order_line": [Command.create({{"product_id": product.id}})],
    }})
    order.action_confirm()
    program._enroll_partners(company, "hand")
    env["member.notification"].create({{
        "partner_id": company.id, "program_id": program.id, "kind": "joined",
        "key": mark, "title": "For %s only" % mark,
    }})
env.cr.commit()
"""
PATIENCE = 120  # seconds
# Odoo lets eight connections wait for each worker; the system drops what is beyond.
# Browsers and proxies then connect once more, and so do the buyers. An answer of the
# server is never asked for again.
RECONNECT = Retry(
    total=8, status=0, redirect=30, allowed_methods=None, backoff_factor=0.2
)


def mark_of(number):
    """Return what stands on the pages of one company only; its login too."""
    return f"Company{number:03}"


class Buyer:
    """One of the buyers, at a browser that runs no scripts."""

    def __init__(self, address, number):
        self.mark = mark_of(number)
        self._address = address
        self._session = requests.Session()
        self._session.mount("http://", HTTPAdapter(max_retries=RECONNECT))

    def log_in(self):
        """Log in by the form."""
        page = self._session.get(f"{self._address}/web/login", timeout=PATIENCE)
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        answer = self._session.post(
            f"{self._address}/web/login",
            data={"login": self.mark, "password": self.mark, "csrf_token": token},
            timeout=PATIENCE,
        )
        assert answer.status_code == 200
        assert "/my" in answer.url, answer.url

    def read(self, path):
        """Return a page, as text."""
        answer = self._session.get(self._address + path, timeout=PATIENCE)
        assert answer.status_code == 200, f"{answer.status_code} {path}"
        return html.unescape(answer.text)

    def find_fault(self, path):
        """Read a page; return what is wrong with it, in words, or nothing."""
        text = self.read(path)
        others = [
            mark
            for mark in map(mark_of, range(BUYERS))
            if mark != self.mark and mark in text
        ]
        if others:
            return f"{self.mark} reads of {others} on {path}"
        if path == PAGES["messages"] and f"For {self.mark} only" not in text:
            return f"{self.mark} misses its message"
        return ""
