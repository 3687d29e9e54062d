from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from odoo import Command
from odoo.tests import freeze_time

from ..logic.figure_measuring import Fact, Member, measure_member
from ..logic.figures import FigureKey, Limit
from ..logic.purchase_posting import exact
from ..logic.windows import WINDOW_TYPES_WITH_LENGTH, Window
from ..queries.measuring import EVERYBODY, Measuring, measure
from .topup_common import RandomTopupCommon

EDGES = (-3, 0, 1, 2, 13, 14, 27, 28, 29, 30, 31, 59, 60, 89, 91, 364, 365, 366, 800)
WINDOWS = (
    Window("lifetime"),
    Window("rolling_months", 1),
    Window("rolling_months", 12),
    Window("rolling_days", 1),
    Window("rolling_days", 30),
    Window("calendar_month"),
    Window("calendar_quarter"),
    Window("calendar_year"),
    Window("anniversary"),
)


@freeze_time("2026-03-15 10:00:00")
class MetricCommon(RandomTopupCommon):
    """Measures members in SQL and in plain Python, from the same random past."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_places()
        wallet = cls.env["loyalty.program"].create(
            {"name": "Points", "program_type": "loyalty", "applies_on": "both"}
        )
        other = cls.env["loyalty.program"].create(
            {"name": "Wallet", "program_type": "ewallet"}
        )
        cls.wallets = wallet | other

    @classmethod
    def _create_places(cls):
        """Make categories of which one lies below another, countries, teams, tags."""
        Category = cls.env["product.category"]
        cls.gears, cls.oil = Category.create([{"name": "Gears"}, {"name": "Oil"}])
        cls.small = Category.create({"name": "Small", "parent_id": cls.gears.id})
        cls.countries = cls.env.ref("base.de") | cls.env.ref("base.fr")
        cls.teams = cls.env["crm.team"].create([{"name": "East"}, {"name": "West"}])
        cls.tags = cls.env["member.tag"].create([{"name": "A"}, {"name": "B"}])

    # A random past

    def _create_random_members(self, random, size, as_of):
        contacts = self.env["res.partner"].create(
            [
                {
                    "name": f"Member {number}",
                    "country_id": random.choice([*self.countries.ids, False]),
                    "member_tag_ids": [
                        Command.set([random.choice(self.tags.ids)])
                        for _tag in range(random.randint(0, 1))
                    ],
                }
                for number in range(size)
            ]
        )
        days = [date(2024, 2, 29), date(2023, 3, 31), as_of, as_of - timedelta(400)]
        for contact in contacts:
            [member] = self.program._enroll_partners(
                contact, "hand", random.choice(days)
            )
            tier = random.choice(self.program.tier_ids)
            if tier != self.ordinary:
                member._assign_tier(tier, "For the test")
        return contacts

    def _book_random_past(self, random, contacts, as_of):
        rows = self.env["member.activity"].create(
            [
                values
                for contact in contacts
                for document in range(random.randint(0, 4))
                for values in self._prepare_random_document(
                    random, contact, f"random,{contact.id},{document}", as_of
                )
            ]
        )
        rows.filtered(lambda row: random.random() < 0.1)._reverse("For the test")
        self._issue_random_points(random, contacts, as_of)
        self._top_up_at_random(random, contacts, as_of, EDGES)

    def _prepare_random_document(self, random, contact, source_key, as_of):
        """Return an order or a referral with what became of it."""
        day = as_of - timedelta(days=random.choice(EDGES))
        kind = random.choice(["purchase", "purchase", "purchase", "referral"])
        country, team = random.choice(self.countries), random.choice(self.teams)
        events = [(day, 1)]
        for _change in range(random.randint(0, 2)):
            events.append((day + timedelta(random.choice([0, 1, 30])), 0))
        if random.random() < 0.3:
            events.append((events[-1][0], -1))
        return [
            {
                "company_id": self.env.company.id,
                "currency_id": self.env.company.currency_id.id,
                "partner_id": contact.id,
                "commercial_partner_id": contact.commercial_partner_id.id,
                "country_id": country.id,
                "team_id": team.id,
                "kind": kind,
                "event": "manual",
                "date": on,
                "source_key": source_key,
                "revision": revision,
                **self._prepare_random_worth(random, kind, count),
            }
            for revision, (on, count) in enumerate(events, 1)
        ]

    def _prepare_random_worth(self, random, kind, count):
        if kind == "referral":
            return {"quantity": count, "amount": 0}
        parts = [
            (category, random.choice([10, 33.33, -5, 0.01]), random.choice([1, 2.5]))
            for category in (self.gears, self.small, self.oil)
            if random.random() < 0.5
        ]
        sign = -1 if count < 0 else 1
        Line = [
            Command.create(
                {
                    "category_id": category.id,
                    "amount": sign * amount,
                    "quantity": sign * units,
                }
            )
            for category, amount, units in parts
        ]
        return {
            "order_count": count,
            "amount": sign * round(sum(amount for _id, amount, _units in parts), 2),
            "line_ids": Line,
        }

    def _issue_random_points(self, random, contacts, as_of):
        """Issue points just before and after midnight, wherever the company is."""
        for contact in contacts:
            card = self.env["loyalty.card"].create(
                {
                    "partner_id": contact.id,
                    "program_id": random.choice(self.wallets).id,
                }
            )
            for _issue in range(random.randint(0, 3)):
                self._issue(
                    card,
                    random.choice([10, 0.5]),
                    datetime.combine(as_of, datetime.min.time())
                    - timedelta(days=random.choice(EDGES))
                    + timedelta(hours=random.choice([0, 7, 12, 17, 23])),
                )

    def _issue(self, card, points, moment):
        """Issue points on a card at a moment (UTC)."""
        issued = self.env["loyalty.history"].create(
            {"card_id": card.id, "description": "Issued", "issued": points}
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE loyalty_history SET create_date = %s WHERE id = %s",
            [moment, issued.id],
        )
        issued.invalidate_recordset()
        return issued

    # Two ways to measure

    def _measure_in_sql(self, keys, contacts, as_of):
        """Return the figures of each contact by its id, from one statement."""
        metrics = self.env["member.metric"]._get_metrics()
        measuring = Measuring(
            self.program.id,
            self.env.company.id,
            self.program._get_partner_column(),
            as_of,
            EVERYBODY,
        )
        figures = measure(tuple(keys), metrics, measuring)
        self.env.flush_all()
        query = figures.ctes.__class__(
            "WITH member AS (SELECT partner_id, joined_on FROM member_membership"
            " WHERE program_id = %s AND partner_id = ANY(%s)), %s"
            " SELECT member.partner_id, %s FROM member%s",
            self.program.id,
            contacts.ids,
            figures.ctes,
            figures.ctes.__class__(", ").join(figures.columns.values()),
            figures.joins,
        )
        return {
            partner_id: dict(
                zip(figures.columns, (exact(value) for value in values), strict=True)
            )
            for partner_id, *values in self.env.execute_query(query)
        }

    def _measure_in_python(self, keys, contact, as_of):
        """Return the figures of a contact by the pure rules."""
        facts = [*self._get_facts(contact), *self._get_point_facts(contact)]
        facts += self._get_topup_facts(contact)
        membership = self._get_membership(contact)
        member = Member(
            membership.joined_on,
            contact.country_id.id,
            tuple(contact.member_tag_ids.ids),
            (membership.tier_id.id,),
        )
        family = {
            category.id: category.search([("id", "child_of", category.id)]).ids
            for category in (self.gears, self.small, self.oil)
        }
        return {key: measure_member(key, facts, member, as_of, family) for key in keys}

    def _get_facts(self, contact):
        rows = self.env["member.activity"].search([("partner_id", "=", contact.id)])
        keys = {f"member.activity,{row.id}": row.source_key for row in rows}
        return [
            Fact(
                row.kind,
                row.date,
                exact(row.amount),
                row.order_count,
                row.quantity,
                keys.get(row.source_key, row.source_key),
                row.country_id.id,
                row.team_id.id,
                tuple(
                    (line.category_id.id, exact(line.amount), exact(line.quantity))
                    for line in row.line_ids
                ),
            )
            for row in rows
        ]

    def _get_point_facts(self, contact):
        issues = self.env["loyalty.history"].search(
            [
                ("card_id.partner_id", "=", contact.id),
                ("card_id.program_id.program_type", "=", "loyalty"),
            ]
        )
        zone = self.env.company._get_member_timezone()
        return [
            Fact(
                "points",
                issue.create_date.replace(tzinfo=timezone.utc).astimezone(zone).date(),
                Decimal(str(issue.issued)),
            )
            for issue in issues
        ]

    def _get_random_key(self, random, metric):
        """Return a figure over any window and within any limits of a metric."""
        choices = {
            "category_ids": (self.gears | self.small | self.oil).ids,
            "country_ids": self.countries.ids,
            "team_ids": self.teams.ids,
            "tag_ids": self.tags.ids,
            "tier_ids": self.program.tier_ids.ids,
        }
        limits = {
            name: tuple(sorted(random.sample(choices[name], random.randint(1, 2))))
            for name in metric.limits
            if name == metric.required or random.random() < 0.5
        }
        window = random.choice(WINDOWS) if metric.has_window else Window("lifetime")
        if window.type in WINDOW_TYPES_WITH_LENGTH:
            window = Window(window.type, random.choice([1, window.length]))
        return FigureKey(metric.name, window, Limit(**limits))
