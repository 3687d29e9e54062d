"""Say which of Odoo's own tests failed, and whether they fail without us too.

Usage: upstream_verdict.py LOG KNOWN-FAILURES
"""

import re
import sys
from fnmatch import fnmatch
from pathlib import Path

# Odoo's runner, with "module.Class.test" or "setUpClass (module.path.Class)"
FAILED = re.compile(r" (?:FAIL|ERROR): (?P<fixture>setUpClass \()?(?P<test>[\w.]+)")
TOTAL = re.compile(r" \d+ failed, \d+ error\(s\) of (\d+) tests when loading")
# pytest, in its closing list and line
PYTEST_FAILED = re.compile(r"^(?:FAILED|ERROR) \S+::(\w+)::(\w+)", re.MULTILINE)
PYTEST_TOTAL = re.compile(r"^=+ .*?(\d+) passed.* in [\d.]+s", re.MULTILINE)


def failed_tests(log):
    """Return the tests that ``log`` reports as failed, once each, as Class.test."""
    names = {".".join(match.groups()) for match in PYTEST_FAILED.finditer(log)}
    for match in FAILED.finditer(log):
        test = match["test"]
        names.add(f"{test.split('.')[-1]}.setUpClass" if match["fixture"] else test)
    return sorted(names)


def known_patterns(text):
    """Return the patterns of a list of known failures, without its comments."""
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def main(log_path, known_path):
    """Print the verdict; return the exit status."""
    log = Path(log_path).read_text(encoding="utf-8", errors="replace")
    known = known_patterns(Path(known_path).read_text(encoding="utf-8"))
    totals = [int(n) for n in TOTAL.findall(log) + PYTEST_TOTAL.findall(log)]
    if len(totals) < 2:
        print(f"one of the two runs did not come to its end: see {log_path}")
        return 2
    failed = failed_tests(log)
    ours = [name for name in failed if not any(fnmatch(name, pat) for pat in known)]
    for name in failed:
        print("FAILED" if name in ours else "known ", name)
    expected = len(failed) - len(ours)
    print(f"{sum(totals)} tests, {len(ours)} failed, {expected} known failures")
    return 1 if ours else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
