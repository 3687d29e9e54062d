"""One order with its credit notes, played through time without Odoo."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from member_loyalty_logic.purchase_journal import OrderState, plan_order
from member_loyalty_logic.purchase_parts import Part, add_parts
from member_loyalty_logic.purchase_posting import Owner, Rate, day_of_entry

DAY = date(2024, 1, 31)
ANNA = Owner(7, 7, 1)
BERT = Owner(9, 8, 1)
NOTHING = Decimal(0)


class OrderWorld:
    """Plays what happens to an order and books it as the models do."""

    def __init__(self, factor=Decimal(1)):
        self.rate = Rate(factor, Decimal("0.01"))
        self.today = DAY
        self.ordered_on = DAY
        self.owner = ANNA
        self.state = OrderState(NOTHING, NOTHING, NOTHING, confirmed=False)
        self.credits = []
        self.rows = []
        self.resplit = True

    def wait(self, days):
        self.today += timedelta(days=days)

    def confirm(self):
        if not self.state.confirmed:
            self.ordered_on = self.today
            self._become(confirmed=True)

    def cancel(self):
        self._become(confirmed=False)

    def change_lines(self, amount, *others):
        """Let the order have a line of each amount, in categories 1, 2, 3 ..."""
        lines = tuple(
            Part(category, Decimal(worth), Decimal(category))
            for category, worth in enumerate((amount, *others), 1)
        )
        self._become(ordered=sum((line.amount for line in lines), NOTHING), lines=lines)

    def invoice(self, amount):
        if self.state.confirmed:
            self._become(invoiced=self.state.invoiced + amount)

    def credit(self, percent):
        """Credit a part of what was invoiced and not credited yet."""
        left = self.state.invoiced - self.state.credited
        self.credit_amount(round(left * percent / 100, 2))

    def credit_amount(self, amount):
        if amount > 0:
            self.credits.append(amount)
            self._become(credited=self.state.credited + amount, by_credit=True)

    def take_back_credit(self):
        if self.credits:
            self._become(credited=self.state.credited - self.credits.pop())

    def change_customer(self, owner):
        self.owner = owner
        self._book(self.today)

    def redate(self, days):
        self.ordered_on = self.today + timedelta(days=days)
        self._book(self.today)

    def plan(self):
        return self._plan(self.today)

    def order_sums(self, owner):
        own = [row for row in self.rows if row.owner == owner]
        return (
            sum((row.document_amount for row in own), NOTHING),
            sum((row.amount for row in own), NOTHING),
            sum(row.order_count for row in own),
        )

    def order_parts(self, owner):
        own = [row for row in self.rows if row.owner == owner]
        return {part.category_id: part for part in add_parts(*(r.parts for r in own))}

    def net(self):
        return self.order_sums(self.owner)[0] - sum(self.credits, NOTHING)

    def told(self):
        return [(row.date, row.document_amount, row.order_count) for row in self.rows]

    def sums_by_day(self):
        days = {row.date for row in self.rows}
        sums = {
            day: tuple(
                sum(figures)
                for figures in zip(
                    *(row[1:] for row in self.told() if row[0] == day), strict=True
                )
            )
            for day in days
        }
        return {day: figures for day, figures in sums.items() if any(figures)}

    def _become(self, by_credit=False, **changes):
        self.state = replace(self.state, **changes)
        self._book(
            day_of_entry(self.rows, self.today, self.today) if by_credit else self.today
        )

    def _plan(self, corrected_on):
        return plan_order(
            self.rows,
            self.owner,
            self.state,
            self.rate,
            self.ordered_on,
            corrected_on,
            resplit=self.resplit,
        )

    def _book(self, corrected_on):
        self.rows += self._plan(corrected_on).postings
