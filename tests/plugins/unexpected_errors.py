"""Fail every test during which something was logged at level ERROR or worse.

A test that expects such a record says so with ``mute_logger`` or ``assertLogs``:
both keep the record from reaching the root logger, where this plugin listens.
"""

import logging

import pytest


class _Collector(logging.Handler):
    def __init__(self):
        super().__init__(level=logging.ERROR)
        self.lines = []
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))

    def emit(self, record):
        self.lines.append(self.format(record))

    def take(self):
        lines, self.lines = self.lines, []
        return lines


COLLECTOR = _Collector()


def pytest_sessionstart(session):
    logging.getLogger().addHandler(COLLECTOR)


def pytest_sessionfinish(session):
    logging.getLogger().removeHandler(COLLECTOR)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Set-up, body and tear-down each answer for what was logged meanwhile."""
    report = yield
    lines = COLLECTOR.take()
    if lines and not report.failed:
        report.outcome = "failed"
        report.longrepr = "logged without being expected:\n" + "\n".join(lines)
    return report
