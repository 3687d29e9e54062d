"""Every address that the suite adds, tried by those who should get nothing from it.

Addresses are taken from Odoo's own map, so that a new one cannot be forgotten: whoever
adds one says here what its parameters name.
"""

from odoo import http
from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import PATIENCE, MemberPageCommon
from .route_secrets import RouteSecrets

OURS = "member_loyalty"
NONSENSE = ("0", "-1", "99999999999999999999", "abc", "'", "1%20or%201=1")
PARAMETERS = {"page": "NaN", "id": "[]", "sortby": "x'", "lang": "../..", "q": "<b>"}


@tagged("post_install", "-at_install")
class TestRoutesHostile(RouteSecrets, MemberPageCommon):
    """Ann of Acme, a visitor and nonsense against what belongs to Bolt."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_secrets()
        cls.routes = cls._find_routes()

    @classmethod
    def _find_routes(cls):
        """Return our own addresses: list of (address, what its route says)."""
        installed = sorted(cls.env.registry._init_modules)
        native = [name for name in installed if not name.startswith(OURS)]
        converters = cls.env["ir.http"]._get_converters()

        def find(modules):
            rules = http._generate_routing_rules(modules, False, converters)
            return {url: endpoint.routing for url, endpoint in rules}

        known = find(native)
        return [
            (url, routing)
            for url, routing in sorted(find(installed).items())
            if url not in known
        ]

    def _ask(self, url, method="GET", **options):
        return self.url_open(
            url, timeout=PATIENCE, allow_redirects=False, method=method, **options
        )

    def _assert_tells_nothing(self, response, url):
        self.assertNotIn(self.SECRET, response.text, url)
        self.assertLess(response.status_code, 500, url)

    def test_there_are_routes_to_try(self):
        urls = [url for url, _routing in self.routes]

        self.assertIn("/my/membership", urls)
        self.assertIn("/my/membership/messages", urls)
        self.assertNotIn("/my/orders", urls)

    def test_every_parameter_of_an_address_is_known(self):
        unknown = {
            (url, name)
            for url, _routing in self.routes
            for name in self.names_in(url)
            if name not in self.known_names()
        }

        self.assertFalse(unknown, "say in RouteSecrets what these name")

    def test_a_visitor_gets_nothing_that_belongs_to_members(self):
        self.authenticate(None, None)
        for url, routing in self.routes:
            if routing["auth"] != "user" or "GET" not in (routing["methods"] or "GET"):
                continue
            with self.subTest(url=url):
                response = self._ask(self.fill(url))

                self._assert_tells_nothing(response, url)
                self.assertIn(response.status_code, (303, 403, 404), url)

    def test_another_companys_records_are_not_found(self):
        self.authenticate("ann", "ann")
        for url, routing in self.routes:
            with self.subTest(url=url):
                before = self.read_secrets()
                for method in routing["methods"] or ("GET",):
                    data = {"csrf_token": http.Request.csrf_token(self)}
                    data.update(self.secret_parameters())
                    options = {"data": data} if method == "POST" else {}
                    response = self._ask(self.fill(url), method, **options)

                    self._assert_tells_nothing(response, url)
                    if self.names_secret(url):
                        self.assertIn(response.status_code, (303, 400, 403, 404), url)
                self.env.invalidate_all()
                self.assertEqual(self.read_secrets(), before, url)

    def test_what_changes_something_is_no_get(self):
        self.authenticate("ann", "ann")
        for url, routing in self.routes:
            if routing["methods"] and "GET" not in routing["methods"]:
                with self.subTest(url=url):
                    response = self._ask(self.fill(url))

                    self.assertIn(response.status_code, (404, 405), url)

    def test_what_changes_something_asks_for_the_token(self):
        self.authenticate("ann", "ann")
        for url, routing in self.routes:
            if routing["methods"] and "GET" not in routing["methods"]:
                if routing["type"] != "http" or url in self.WITHOUT_TOKEN:
                    continue
                with self.subTest(url=url):
                    for data in ({}, {"csrf_token": "forged"}):
                        response = self._ask(self.fill(url), "POST", data=data)

                        self.assertEqual(response.status_code, 400, url)

    def test_pages_that_are_read_are_read_only(self):
        writing = [
            url
            for url, routing in self.routes
            if not routing["methods"]
            and routing["auth"] == "user"
            and routing["type"] == "http"
            and not routing.get("readonly")
            and url not in self.READS_AND_WRITES
        ]

        self.assertFalse(writing, "mark them readonly=True, or demand POST")

    @mute_logger("odoo.http")
    def test_a_page_number_in_the_query_is_no_number_of_ours(self):
        self.authenticate("ann", "ann")
        for url, routing in self.routes:
            if "GET" in (routing["methods"] or "GET") and not self.names_in(url):
                for page in ("²", "9" * 5000):
                    with self.subTest(url=url, page=page[:3]):
                        response = self._ask(url, params={"page": page})

                        self._assert_tells_nothing(response, url)

    def test_nonsense_is_answered_not_stumbled_over(self):
        self.authenticate("ann", "ann")
        for url, routing in self.routes:
            method = "POST" if "POST" in (routing["methods"] or ()) else "GET"
            for value in NONSENSE if self.names_in(url) else ("",):
                with self.subTest(url=url, value=value):
                    data = {**PARAMETERS, "csrf_token": http.Request.csrf_token(self)}
                    options = {"data" if method == "POST" else "params": data}
                    response = self._ask(self.fill(url, value), method, **options)

                    self._assert_tells_nothing(response, url)
