"""Turn what was measured into a table with the aims beside it."""

from statistics import median

SIDES = ("ours", "statement", "statement with history")


class Measured:
    """What was measured, with medians by number of members."""

    def __init__(self, found):
        self._found = [row for row in found if row["kind"] != "machine"]
        self.sizes = sorted({row["members"] for row in self._found})

    def median(self, field, members, **wanted):
        """Return the median of a field over the rows that are as ``wanted``."""
        values = [
            row[field]
            for row in self._found
            if row["members"] == members
            and all(row.get(key) == value for key, value in wanted.items())
        ]
        return median(values) if values else None


def render(found, load):
    """Return the whole report."""
    machine = next(row for row in found if row["kind"] == "machine")
    measured = Measured(found)
    rows = [
        ("", *(f"{size:,}" for size in measured.sizes), "aim"),
        *_evaluations(measured),
        *_daily(measured),
        *_simulation(measured),
        *_growth(measured),
        *_confirmations(measured),
    ]
    state = "quiet" if max(load) < 1.5 else "LOADED: judge the processor time"
    versions = ", ".join(
        f"{name} {machine[name.lower()]}" for name in ("Odoo", "PostgreSQL", "Python")
    )
    return "\n".join(
        [
            versions,
            f"load average {', '.join(f'{one:.1f}' for one in load)}: {state}",
            "seconds on the clock (seconds of processor time), medians",
            "",
            *_aligned(rows),
        ]
    )


def _evaluations(measured):
    for label in ("first", "review"):
        for side in SIDES:
            yield _line(
                f"{label}, {side}",
                measured,
                lambda size, label=label, side=side: _seconds(
                    measured, size, measure=label, side=side
                ),
            )
        for side in SIDES[1:]:
            yield _line(
                f"{label}, ours : {side}",
                measured,
                lambda size, label=label, side=side: _ratio(
                    measured,
                    size,
                    {"measure": label, "side": "ours"},
                    {"measure": label, "side": side},
                ),
                "2" if side == "statement" else "",
            )
        yield _line(
            f"{label}, members who moved",
            measured,
            lambda size, label=label: (
                f"{measured.median('rows', size, measure=label, side='ours'):,.0f}"
            ),
        )


def _daily(measured):
    yield _line(
        "daily", measured, lambda size: _seconds(measured, size, measure="daily")
    )
    yield _line(
        "daily, members looked at",
        measured,
        lambda size: f"{measured.median('rows', size, measure='daily'):,.0f}",
    )
    for label in ("first", "review"):
        yield _line(
            f"daily : {label}",
            measured,
            lambda size, label=label: _ratio(
                measured,
                size,
                {"measure": "daily"},
                {"measure": label, "side": "ours"},
            ),
            "0.1",
        )


def _simulation(measured):
    yield _line(
        "simulation",
        measured,
        lambda size: _seconds(measured, size, measure="simulation"),
    )
    yield _line(
        "simulation, members affected",
        measured,
        lambda size: f"{measured.median('rows', size, measure='simulation'):,.0f}",
    )
    for label, aim in (("first", "1.5"), ("review", "")):
        yield _line(
            f"simulation : {label}",
            measured,
            lambda size, label=label: _ratio(
                measured,
                size,
                {"measure": "simulation"},
                {"measure": label, "side": "ours"},
            ),
            aim,
        )


def _growth(measured):
    for label in ("first", "review"):
        yield _line(
            f"{label}, microseconds a member",
            measured,
            lambda size, label=label: " ".join(
                form.format(
                    measured.median(field, size, measure=label, side="ours")
                    / size
                    * 1e6
                )
                for field, form in (("wall", "{:.1f}"), ("cpu", "({:.1f})"))
            ),
            "the same",
        )


def _confirmations(measured):
    for side in ("ours", "plain"):
        yield _line(
            f"confirmation, {side}, milliseconds",
            measured,
            lambda size, side=side: " ".join(
                form.format(
                    measured.median(field, size, kind="confirmation", side=side) * 1e3
                )
                for field, form in (("wall", "{:.1f}"), ("cpu", "({:.1f})"))
            ),
        )
    ours, plain = ({"kind": "confirmation", "side": side} for side in ("ours", "plain"))
    yield _line(
        "confirmation, ours : plain",
        measured,
        lambda size: _ratio(measured, size, ours, plain),
        "1.1",
    )
    yield _line(
        "confirmation, statements added",
        measured,
        lambda size: "{:.0f} - {:.0f}".format(
            *(measured.median("statements", size, **one) for one in (ours, plain))
        ),
        "6",
    )


def _seconds(measured, size, **wanted):
    wall, cpu = (measured.median(field, size, **wanted) for field in ("wall", "cpu"))
    return f"{wall:.2f} ({cpu:.2f})"


def _ratio(measured, size, ours, other):
    wall, cpu = (
        measured.median(field, size, **ours)
        / max(measured.median(field, size, **other), 1e-6)
        for field in ("wall", "cpu")
    )
    return f"{wall:.2f} ({cpu:.2f})"


def _line(name, measured, cell, aim=""):
    return (name, *(cell(size) for size in measured.sizes), aim)


def _aligned(rows):
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *cells[1:]]).rstrip()
