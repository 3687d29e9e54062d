"""Say which of Odoo's own tests failed, and whether they fail without us too.

Usage: upstream_verdict.py LOG KNOWN-FAILURES
"""

import re
import sys
from fnmatch import fnmatch
from pathlib import Path

FAILED = re.compile(r" (?:FAIL|ERROR): (?:setUpClass \()?(?P<test>[\w.]+)")
TOTAL = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")


def failed_tests(log):
    """Return the names of the tests that ``log`` reports as failed, once each."""
    return sorted({match["test"] for match in FAILED.finditer(log)})


def known_patterns(text):
    """Return the patterns of a list of known failures, without its comments."""
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def main(log_path, known_path):
    """Print the verdict; return the exit status."""
    log = Path(log_path).read_text(encoding="utf-8", errors="replace")
    known = known_patterns(Path(known_path).read_text(encoding="utf-8"))
    totals = TOTAL.findall(log)
    if not totals or totals[-1][2] == "0":
        print(f"no test ran: see {log_path}")
        return 2
    failed = failed_tests(log)
    ours = [name for name in failed if not any(fnmatch(name, pat) for pat in known)]
    for name in failed:
        print("FAILED" if name in ours else "known ", name)
    expected = len(failed) - len(ours)
    print(f"{totals[-1][2]} tests, {len(ours)} failed, {expected} known failures")
    return 1 if ours else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
