"""What share of points is used, learnt from lots of which some are still open."""

import random
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.breakage import (
    Demands,
    Evidence,
    Exits,
    estimate,
    lacking,
)

AMOUNTS = st.decimals(0, 10**6, places=2, allow_nan=False)
EXITS = st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS), min_size=1, max_size=30)


def _live(rng, hazard, life, observed):
    """Let one point live: return its age when it left, and how."""
    for age in range(observed):
        if rng.random() < hazard(age):
            return age, "used"
        if age == life - 1:
            return age, "expired"
    return observed, "open"


def _simulate(count, hazard, life=12, months=36, seed=7):
    """Return the exits of points given over ``months``, and what all would do."""
    rng = random.Random(seed)
    ends = [
        _live(rng, hazard, life, rng.randrange(1, months + 1))
        for _point in range(count)
    ]
    return _tabulate(ends)


def _tabulate(ends):
    """Count ends by age; an open point was last seen in the month before its age."""
    counts = Counter((age - (how == "open"), how) for age, how in ends)
    return [
        Exits(
            age,
            *(Decimal(counts[age, how]) for how in ("used", "expired")),
            open=Decimal(counts[age, "open"]),
        )
        for age in range(max(age for age, _how in counts) + 1)
    ]


def test_known_rates_are_found_although_most_lots_are_open():
    exits = _simulate(40000, hazard=lambda age: 0.10, months=14)

    curve = estimate(exits)

    assert sum(row.open for row in exits) > 9000
    assert float(curve.share) == pytest.approx(1 - 0.9**12, abs=0.01)
    assert curve.unknown == 0


def test_rates_that_change_with_age_are_found():
    def hazard(age):
        return 0.02 if age < 9 else 0.30

    curve = estimate(_simulate(40000, hazard, months=24))

    assert float(curve.share) == pytest.approx(1 - 0.98**9 * 0.7**3, abs=0.01)
    assert float(curve.share_at(9)) == pytest.approx(1 - 0.7**3, abs=0.02)


def test_leaving_open_points_out_would_be_wrong():
    exits = _simulate(40000, hazard=lambda age: 0.10, months=14)
    used = sum(row.used for row in exits)
    gone = used + sum(row.expired for row in exits)

    naive = float(used / gone)

    assert abs(naive - (1 - 0.9**12)) > 0.05


@given(EXITS)
def test_when_all_points_are_gone_the_share_is_what_was_used(rows):
    exits = [
        Exits(age, used=used, expired=expired)
        for age, (used, expired, _withdrawn, _open) in enumerate(rows)
    ]
    total = sum(row.total for row in exits)
    if not total:
        return

    assert float(estimate(exits).share) == pytest.approx(
        float(sum(row.used for row in exits) / total)
    )


@given(EXITS)
def test_shares_are_between_nothing_and_all(rows):
    curve = estimate(Exits(age, *amounts) for age, amounts in enumerate(rows))

    assert 0 <= curve.share <= Decimal("1.0000001")
    assert 0 <= curve.unknown <= 1
    for month in curve.months:
        assert 0 <= month.later <= Decimal("1.0000001")


@given(EXITS)
def test_the_share_follows_brute_force_over_single_points(rows):
    """Walk one point through the table, month by month, as the definition says."""
    exits = [Exits(age, *amounts) for age, amounts in enumerate(rows)]
    beyond = Decimal("0.4")
    left, share = 1.0, 0.0
    for row in exits:
        risk = sum(float(later.total) for later in exits if later.age >= row.age)
        if not risk:
            break
        share += left * float(row.used) / risk
        left *= 1 - float(row.used + row.expired) / risk
    share += left * float(beyond)

    assert float(estimate(exits, beyond).share) == pytest.approx(share, abs=1e-6)


def test_points_older_than_anything_observed_are_valued_by_the_fallback():
    curve = estimate([Exits(0, used=Decimal(20), open=Decimal(80))], Decimal("0.5"))

    assert curve.unknown == Decimal("0.8")
    assert curve.share == Decimal("0.6")
    assert curve.share_at(1) == Decimal("0.5")


def test_a_handful_of_old_points_does_not_decide_about_all():
    rows = [
        Exits(0, used=Decimal(500), open=Decimal(495)),
        Exits(1, used=Decimal(5)),
    ]

    assert estimate(rows).share == 1
    assert estimate(rows, Decimal("0.6"), Decimal("0.01")).unknown == Decimal("0.5")


def test_nothing_observed_leaves_the_fallback():
    curve = estimate([], Decimal("0.9"))

    assert (curve.share, curve.unknown, curve.months) == (Decimal("0.9"), 1, ())


def test_points_that_came_back_were_not_used():
    spent = [Exits(0, used=Decimal(60)), Exits(1, expired=Decimal(40))]
    returned = [
        Exits(0, used=Decimal(60)),
        Exits(1, used=Decimal(-10), expired=Decimal(50)),
    ]

    assert estimate(spent).share == Decimal("0.6")
    assert estimate(returned).share == Decimal("0.5")


@pytest.mark.parametrize(
    ("lots", "months", "known", "missing"),
    [
        (99, 24, "0.9", "lots"),
        (100, 11, "0.9", "months"),
        (100, 12, "0.49", "known"),
        (100, 12, "0.50", None),
    ],
)
def test_too_little_history_is_said(lots, months, known, missing):
    evidence = Evidence(lots, Decimal(1000), months, Decimal(known))

    assert lacking(evidence, Demands()) == missing
