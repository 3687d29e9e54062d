"""Seconds on the clock, and seconds of work, which a loaded machine changes less."""

import time
from pathlib import Path


class Stopwatch:
    """Measure a block: ``wall`` seconds, and ``cpu`` seconds of Odoo and PostgreSQL.

    The processor time of PostgreSQL is only known on its own machine; elsewhere
    ``cpu`` is that of Odoo alone.
    """

    def __init__(self, cr):
        self._stat = Path("/proc") / str(cr.connection.get_backend_pid()) / "stat"

    def __enter__(self):
        self._cpu = self._cpu_so_far()
        self._wall = time.perf_counter()
        return self

    def __exit__(self, *_exception):
        self.wall = time.perf_counter() - self._wall
        self.cpu = self._cpu_so_far() - self._cpu

    def _cpu_so_far(self):
        try:
            ticks = self._stat.read_text().rsplit(")", 1)[1].split()[11:13]
        except OSError:
            ticks = []
        return time.process_time() + sum(map(int, ticks)) / 100
