import csv
import gzip
import zlib
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

from odoo.addons.member_loyalty.tests.common import MemberCommon

from ..logic.return_model import Example, Past

DAYS = Path(__file__).parent / "data/online_retail_days.csv.gz"
# The last day of a year that follows 2010-11-30, as the data has it
LAST_DAY = date(2011, 11, 30)


class ForecastCommon(MemberCommon):
    """Members with what real customers bought, who can be looked at in plain Python."""

    @classmethod
    def _enroll_real_customers(cls, one_in=6):
        """Make members of some of the real customers; return what each bought."""
        histories = defaultdict(list)
        with gzip.open(DAYS, "rt", encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                if zlib.crc32(row["customer"].encode()) % one_in == 0:
                    histories[row["customer"]].append(
                        (
                            date.fromisoformat(row["day"]),
                            float(row["amount"]),
                            int(row["orders"]),
                        )
                    )
        partners = cls.env["res.partner"].create([{"name": name} for name in histories])
        purchases = dict(zip(partners, histories.values(), strict=True))
        cls._book_days(purchases)
        cls.program._enroll_partners(partners, "hand")
        cls.env.flush_all()
        return purchases

    @classmethod
    def _book_days(cls, purchases, company=None):
        company = company or cls.env.company
        cls.env["member.activity"].sudo().create(
            [
                {
                    "company_id": company.id,
                    "currency_id": company.currency_id.id,
                    "partner_id": partner.id,
                    "commercial_partner_id": partner.id,
                    "kind": "purchase",
                    "event": "imported",
                    "date": day,
                    "amount": amount,
                    "order_count": orders,
                    "source_key": f"real,{company.id},{partner.id},{day}",
                    "revision": 1,
                }
                for partner, days in purchases.items()
                for day, amount, orders in days
            ]
        )

    @classmethod
    def _get_real_example(cls, purchases, on, days):
        """Return one customer as ``Example`` in plain Python, None before buying."""
        before = [one for one in purchases if one[0] < on]
        bought = [day for day, _amount, orders in before if orders]
        if not bought:
            return None
        until = on + timedelta(days=days)
        after = [one for one in purchases if on <= one[0] < until]
        return Example(
            Past(
                (on - max(bought)).days,
                len(bought),
                sum(orders for _day, _amount, orders in before),
                round(sum(amount for _day, amount, _orders in before), 2),
            ),
            sum(orders for _day, _amount, orders in after),
            round(sum(amount for _day, amount, _orders in after), 2),
        )

    def _get_forecast(self, partner):
        forecasts = self.env["member.forecast"].search(
            [("partner_id", "=", partner.id)]
        )
        forecasts.invalidate_recordset()
        return forecasts
