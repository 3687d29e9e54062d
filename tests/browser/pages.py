"""What browser tests share: devices and a visit."""

import json

from axe_playwright_python.sync_playwright import Axe

DEVICES = {
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    },
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}
# WCAG 2.2, levels A and AA, as axe-core names them
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOADED = """() => document.readyState === "complete"
    && !document.querySelector(".o_interaction_loading")"""
PATIENCE = 120_000  # milliseconds: the first page of a shop makes its style sheets


class Visit:
    """Somebody at a browser."""

    def __init__(self, context, address):
        self.context = context
        self.address = address
        self.errors = []
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("response", self._note_failure)

    def _note_failure(self, response):
        if response.status >= 500:
            self.errors.append(f"{response.status} {response.url}")

    def open(self, path):
        """Open a page of the shop and wait until it stands; fail when it fails."""
        response = self.page.goto(self.address + path, wait_until="load")
        assert response.status == 200, f"{response.status} {path}"
        self.page.evaluate("document.fonts.ready")
        assert not self.errors, self.errors
        return self.page

    def log_in(self, login):
        """Log in with a password that is the login, as the demonstration has them."""
        self.open("/web/login")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", login)
        self.page.click("form.oe_login_form button[type=submit]")
        self.page.wait_for_url("**/my**")

    def find_violations(self, root="#wrapwrap"):
        """Return what breaks WCAG 2.2 AA on the page, in words."""
        self._show_the_whole_page()
        options = {"runOnly": {"type": "tag", "values": STANDARD}}
        results = Axe().run(self.page, context=root, options=options)
        return [
            json.dumps(
                {
                    "rule": found["id"],
                    "help": found["help"],
                    "at": [one["html"][:160] for one in found["nodes"][:4]],
                    "because": found["nodes"][0]["failureSummary"][:300],
                },
                ensure_ascii=False,
                indent=1,
            )
            for found in results.response["violations"]
        ]

    def _show_the_whole_page(self):
        """Make the screen as high as the page: what sticks to its end hides nothing."""
        size = self.page.viewport_size
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({**size, "height": max(height, size["height"])})

    def find_overflow(self):
        """Return what stands out of the screen at the side, in words."""
        return self.page.evaluate(
            """() => {
                const width = document.documentElement.clientWidth;
                const out = [...document.querySelectorAll("#wrapwrap main *")].filter(
                    (one) => {
                        const box = one.getBoundingClientRect();
                        if (!box.width || !box.height) { return false; }
                        for (let up = one; up; up = up.parentElement) {
                            const style = getComputedStyle(up);
                            if (["auto", "scroll", "hidden"].includes(style.overflowX)
                                || style.position === "fixed"
                                || up.classList.contains("visually-hidden")) {
                                return false;
                            }
                        }
                        return box.right > width + 1 || box.left < -1;
                    }
                );
                const found = out.slice(0, 5).map((one) => one.outerHTML.slice(0, 160));
                const page = document.documentElement.scrollWidth;
                return page > width + 1 ? [`a page ${page} wide`, ...found] : found;
            }"""
        )
