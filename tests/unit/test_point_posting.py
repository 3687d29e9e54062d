"""Whatever is booked on a card, in any order, its sums stay true."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.point_lots import Allocation, Lot, take
from member_loyalty_logic.point_posting import (
    NotEnoughPoints,
    Posting,
    Wallet,
    book,
)

NOW = datetime(2026, 3, 15, 10)
EMPTY = Wallet(Decimal(0), Decimal(0), ())
CARD = 7
POINTS = st.integers(1, 20_000).map(lambda cents: Decimal(cents) / 100)


class Account:
    """Books on one card as the ledger does, and remembers everything."""

    def __init__(self):
        self.wallet = EMPTY
        self.now = NOW
        self.entries = []
        self.taken = {}
        self.given = {}

    def book(self, kind, points, **values):
        posting = Posting(CARD, kind, Decimal(points), self.now, **values)
        self.wallet, entries = book(self.wallet, [posting])
        first = len(self.entries) + 1
        for place, entry in enumerate(entries):
            self.entries.append(entry)
            self._name_new_lot(place, first + place)
            for part in entry.allocations:
                lot = first - 1 - part.lot_id if part.lot_id < 0 else part.lot_id
                self.taken.setdefault(posting.source, []).append(
                    Allocation(lot, part.points)
                )
        return entries

    def _name_new_lot(self, place, number):
        """Give the lot that an entry made its number, as the database does."""
        self.wallet = Wallet(
            self.wallet.points,
            self.wallet.debt,
            tuple(
                Lot(number, lot.earned_at, lot.expires_at, lot.remaining, lot.source)
                if lot.lot_id == -(place + 1)
                else lot
                for lot in self.wallet.lots
            ),
        )

    def spend(self, points, source, may_owe=False):
        try:
            self.book("spent", -points, source=source, may_owe=may_owe)
        except NotEnoughPoints:
            return
        self.given[source] = self.given.get(source, 0) + points

    def unspend(self, source):
        points = self.given.pop(source, None)
        if points:
            parts = tuple(self.taken.get(source, ()))
            self.book("reversed", points, source=source, restores=parts)

    def check(self):
        wallet = self.wallet
        assert sum(entry.points for entry in self.entries) == wallet.points
        assert sum(entry.debt for entry in self.entries) == wallet.debt
        assert sum(lot.remaining for lot in wallet.lots) == wallet.points
        assert wallet.points >= 0
        assert wallet.debt >= 0
        assert all(lot.remaining >= 0 for lot in wallet.lots)
        if wallet.debt:
            assert not take(wallet.lots, wallet.debt, self.now), (
                "a debt is paid at once"
            )
        if self.entries:
            assert self.entries[-1].balance == wallet.points


STEP = st.one_of(
    st.tuples(st.just("earn"), POINTS, st.integers(1, 3), st.integers(0, 30)),
    st.tuples(st.just("claim"), POINTS, st.integers(1, 3)),
    st.tuples(st.just("spend"), POINTS, st.integers(4, 6), st.booleans()),
    st.tuples(st.just("unspend"), st.integers(4, 6)),
    st.tuples(st.just("wait"), st.integers(1, 20)),
)


def play(account, step):
    match step:
        case ("earn", points, number, days):
            expires_at = account.now + timedelta(days=days) if days else None
            source = ("sale.order", number)
            account.book("earned", points, source=source, expires_at=expires_at)
        case ("claim", points, number):
            account.book("claimed_back", -points, source=("sale.order", number))
        case ("spend", points, number, may_owe):
            account.spend(points, ("sale.order", number), may_owe)
        case ("unspend", number):
            account.unspend(("sale.order", number))
        case ("wait", days):
            account.now += timedelta(days=days)


@given(st.lists(STEP, max_size=25))
def test_entries_lots_and_card_agree_after_any_sequence(steps):
    account = Account()
    for step in steps:
        play(account, step)
        account.check()


@given(st.lists(st.tuples(POINTS, POINTS), min_size=1, max_size=8), st.randoms())
def test_earning_and_undoing_everything_gives_zero(orders, random):
    account = Account()
    for number, (earned, spent) in enumerate(orders):
        account.book("earned", earned, source=("sale.order", number))
        account.spend(min(spent, account.wallet.points), ("spending", number))
    undo = [("earned", number) for number in range(len(orders))]
    undo += [("spent", number) for number in range(len(orders))]
    random.shuffle(undo)
    for side, number in undo:
        if side == "earned":
            earned = orders[number][0]
            account.book("claimed_back", -earned, source=("sale.order", number))
        else:
            account.unspend(("spending", number))
        account.check()
    assert account.wallet.points == account.wallet.debt == 0


def test_expired_points_cannot_be_spent_from_the_moment_they_expire():
    lots = (Lot(1, NOW, NOW + timedelta(days=1), Decimal(10)),)
    last_moment = NOW + timedelta(days=1, microseconds=-1)
    assert take(lots, Decimal(10), last_moment)
    assert not take(lots, Decimal(10), NOW + timedelta(days=1))


def test_points_that_lack_are_an_error_unless_they_may_be_owed():
    with pytest.raises(NotEnoughPoints):
        book(EMPTY, [Posting(CARD, "spent", Decimal(-1), NOW)])
    wallet, [entry] = book(
        EMPTY, [Posting(CARD, "spent", Decimal(-1), NOW, may_owe=True)]
    )
    assert (entry.points, wallet.debt) == (0, 1)


def test_lots_pay_in_the_order_of_expiry_then_age_then_number():
    lots = (
        Lot(1, NOW, None, Decimal(1)),
        Lot(2, NOW - timedelta(days=1), None, Decimal(1)),
        Lot(4, NOW, NOW + timedelta(days=9), Decimal(1)),
        Lot(3, NOW, NOW + timedelta(days=9), Decimal(1)),
        Lot(5, NOW, NOW + timedelta(days=8), Decimal(1)),
    )
    order = [part.lot_id for part in take(lots, Decimal(5), NOW)]
    assert order == [5, 3, 4, 2, 1]


def test_a_return_takes_from_the_lots_of_its_own_order_first():
    wallet = Wallet(
        Decimal(20),
        Decimal(0),
        (
            Lot(1, NOW, NOW + timedelta(days=1), Decimal(10), ("sale.order", 1)),
            Lot(2, NOW, None, Decimal(10), ("sale.order", 2)),
        ),
    )
    note = Posting(CARD, "claimed_back", Decimal(-12), NOW, source=("sale.order", 2))
    _wallet, [entry] = book(wallet, [note])
    assert entry.allocations == (
        Allocation(2, Decimal(10)),
        Allocation(1, Decimal(2)),
    )
