"""A running shop with the demonstration in it, for a real browser.

The same scripts fill it that ``setup/start`` runs, so what a newcomer sees is what is
looked at here. Everything is gone when the block ends.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

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
PATIENCE = 300  # seconds


@contextmanager
def serve(database, *options, environment=None, log=None):
    """Serve a database on a free port, with two workers; give the address.

    :param options: of Odoo's command line, besides
    :param dict environment: variables that the server gets besides
    :param log: the file that gets the server's log
    """
    port, gevent_port = _free_port(), _free_port()
    arguments = [
        *("-d", database, "--db-filter", f"^{database}$", "--no-database-list"),
        *("--http-port", str(port), "--gevent-port", str(gevent_port)),
        *("--workers", "2", "--max-cron-threads", "0", "--limit-time-real", "600"),
        *options,
    ]
    log = log or Path(os.environ.get("MEMBER_LOYALTY_LOGS", ".")) / f"{database}.log"
    with log.open("w", encoding="utf-8") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "odoo", *arguments],
            cwd=tools.REPOSITORY,
            env={**os.environ, **(environment or {})},
            stdout=output,
            stderr=output,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_it_answers(server, address, log)
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:
            server.kill()


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


def _free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _wait_until_it_answers(server, address, log):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/web/health", timeout=20) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8")[-6000:])
