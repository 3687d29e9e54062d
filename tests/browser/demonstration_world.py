"""A shop with the demonstration in it, for a real browser.

The same scripts fill it that ``setup/start`` runs, so what a newcomer sees is what is
looked at here.
"""

import re

import tools

LANGUAGES = {
    "en_US": "en",
    "zh_CN": "zh_CN",
    "de_DE": "de",
    "ja_JP": "ja",
    "ar_001": "ar",
}
ADD_LANGUAGES = f"""
codes = {list(LANGUAGES)!r}
for code in codes:
    env["res.lang"]._activate_lang(code)
modules = env["ir.module.module"].search([("state", "=", "installed")])
modules._update_translations(codes)
website = env.ref("website.default_website")
website.language_ids = env["res.lang"].search([("code", "in", codes)])
env.cr.commit()
"""


def fill_with_demonstration(database):
    """Run the scripts that fill a new database of ``setup/start``."""
    shell = (tools.REPOSITORY / "setup/lib/demonstration.sh").read_text("utf-8")
    for name in re.findall(r'run_script "\$working" (\w+\.py)', shell):
        script = (tools.REPOSITORY / "setup" / name).read_text("utf-8")
        process = tools.run_odoo_shell(database, script)
        assert process.returncode == 0, f"{name}: {process.stderr[-6000:]}"


def add_languages(database):
    """Enable the languages that the suite is complete in, on the website too."""
    process = tools.run_odoo_shell(database, ADD_LANGUAGES)
    assert process.returncode == 0, process.stderr[-6000:]
