"""Odoo as a web server of a test's own, with two workers."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import tools

PATIENCE = 300  # seconds


@contextmanager
def serve(database, *options, environment=None):
    """Serve a database on a free port; give the address and the file of the log.

    :param options: of Odoo's command line, besides
    :param dict environment: variables that the server gets besides
    """
    port = _free_port()
    arguments = [
        *("-d", database, "--db-filter", f"^{database}$", "--no-database-list"),
        *("--http-port", str(port), "--gevent-port", str(_free_port())),
        *("--workers", "2", "--max-cron-threads", "0", "--limit-time-real", "600"),
        *options,
    ]
    log = Path(os.environ.get("MEMBER_LOYALTY_LOGS", ".")) / f"{database}.log"
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
        yield address, log
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:
            server.kill()


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
