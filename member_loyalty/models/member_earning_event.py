from odoo import api, fields, models, tools

from ..logic.point_events import (
    Cap,
    Event,
    EventOffer,
    EventRule,
    Use,
    decide,
    offer,
    period_start,
)
from ..logic.point_posting import Posting
from ..logic.purchase_posting import exact
from ..queries import point_caps
from ..queries import point_events as queries

OF_ORDERS = frozenset({"amount", "order", "first_order", "multiplier"})


class MemberEarningEvent(models.AbstractModel):
    """What members earn by events: whatever they do besides ordering.

    Seam: a module tells of what happened by ``_record_event``; the rules say what it
    is worth.
    """

    _name = "member.earning.event"
    _description = "Events that Earn Points"
    _inherit = ["member.earning.participant"]

    @api.model
    def _record_event(self, kind, partner, key, at=None, source=None, reason=None):
        """Give a contact the points of an event, in the programs of this company.

        :param str kind: a kind of earning rule, such as "survey"
        :param partner: who did it; the points go to the purse the program names
        :param key: names the event among those of its kind, of all members: what
            everybody can do, such as checking in on a day, names the contact too.
            The same counts once
        :param datetime at: when it happened, in UTC; now unless given
        :param source: the record behind it, if any
        :param str reason: what the statement says besides the rule
        :return: the new entries; empty when no rule gives points or it counted before
        """
        partner.ensure_one()
        event = Event(
            partner.id,
            str(key),
            source=(source._name, source.id) if source else None,
            source_ref=source.sudo().display_name if source else None,
            reason=reason,
        )
        return self._record_events(kind, [event], at)

    @api.model
    def _record_events(self, kind, events, at=None, programs=None):
        """Give points for many events of a kind, in sets.

        :param events: ``Event`` of ``logic.point_events``
        :param datetime at: when they are booked, in UTC; now unless given
        :param programs: where they count; those of the current company unless given
        :return: the new entries
        """
        events = tuple(events)
        if programs is None:
            programs = self.env["member.program"]._get_company_programs(
                self.env.company
            )
        entries = self.env["member.point.entry"].sudo()
        for program in programs if events else ():
            if rules := self._find_event_rules(program, kind):
                entries |= rules._reward(events, at)
        return entries

    @api.model
    def _find_event_rules(self, program, kind):
        """Return the active rules of a program for a kind of events, with rights."""
        every = self._get_event_rules(program)
        rule_ids = [rule.rule_id for rule in every if rule.kind == kind]
        prefetched = [rule.rule_id for rule in every]
        return self.sudo().browse(rule_ids).with_prefetch(prefetched)

    @api.model
    def _get_event_rules(self, program):
        """Return the active rules of a program for events, without asking again.

        :return: ``EventRule`` of ``logic.point_events``; none before the program gives
            points
        """
        if not program._get_points_policy().wallet_id:
            return ()
        return self._get_cached_event_rules(program.id)

    @api.model
    @tools.ormcache("program_id")
    def _get_cached_event_rules(self, program_id):
        rules = self.sudo().with_context(active_test=True)
        rules = rules.search(
            [("program_id", "=", program_id), ("kind", "not in", list(OF_ORDERS))]
        )
        return tuple(rule._get_event_rule() for rule in rules)

    @api.model
    def _get_event_offer(self, kind, partner, key=None, at=None):
        """Return what an event would earn in the programs of this company.

        What is shown before is what ``_record_event`` books, for the decision is one.

        :param str kind: a kind of earning rule
        :param partner: who would do it
        :param key: names the event, as in ``_record_event``; none for one that is known
            not to have counted before
        :param datetime at: when, in UTC; now unless given
        :rtype: logic.point_events.EventOffer
        """
        event = Event(partner.id, str(key or ""))
        at = at or fields.Datetime.now()
        offered = EventOffer()
        for program in self.env["member.program"]._get_company_programs(
            self.env.company
        ):
            rules = [one for one in self._get_event_rules(program) if one.kind == kind]
            if rules:
                facts, _cards = self._collect_facts(program, rules, [event], at)
                offered += offer(facts[0], event, *facts[2:])
        return offered

    def _reward(self, events, at=None):
        """Book what these rules of one program and kind give for events.

        :return: the new entries
        """
        if not events:
            return self.env["member.point.entry"]
        at = at or fields.Datetime.now()
        rules = [rule._get_event_rule() for rule in self]
        facts, cards = self._collect_facts(self.program_id, rules, events, at)
        return self._book_grants(decide(*facts), cards, at)

    @api.model
    def _collect_facts(self, program, rules, events, at):
        """Return what decides about events, and the cards there are.

        Only rules that apply to one of the events are looked into.

        :param rules: ``EventRule`` of one kind
        :return: the arguments of ``logic.point_events.decide``, and card ids by who
            holds the points
        """
        today = program._get_company()._get_member_day(at)
        participants, cards = self._find_participants(
            program, rules[0].kind, {event.partner_id for event in events}
        )
        events = [event for event in events if event.partner_id in participants]
        applying = [
            rule
            for rule in rules
            if any(
                rule.applies(participants[event.partner_id], event.day or today)
                for event in events
            )
        ]
        booked = self._find_booked(
            program,
            [
                rule.source_key(event)
                for rule in applying
                for event in events
                if event.key
            ],
        )
        limits = [(rule.rule_id, rule.kind, rule.cap) for rule in applying]
        used = self._find_use(limits, cards, today)
        return (rules, events, participants, today, used, booked), cards

    @api.model
    def _find_booked(self, program, keys):
        """Return which of these source keys earned points before."""
        if not keys:
            return frozenset()
        rows = self.env.execute_query(queries.booked(self.env, program.id, keys))
        return frozenset(key for (key,) in rows)

    def _book_grants(self, grants, cards, at):
        """Book points that were decided on, on cards that are made where they lack."""
        if not grants:
            return self.env["member.point.entry"]
        program = self.program_id
        lacking = {grant.purse_id for grant in grants} - cards.keys()
        cards = {**cards, **self._open_cards(sorted(lacking))}
        expires_at = program._get_point_expiry(at)
        names = {rule.id: rule.name for rule in self}
        return self.env["member.point.ledger"]._post(
            [
                Posting(
                    cards[grant.purse_id],
                    "earned",
                    grant.points,
                    at,
                    expires_at=expires_at,
                    rule_id=grant.rule_id,
                    source=grant.event.source,
                    source_ref=grant.event.source_ref or names[grant.rule_id],
                    source_key=grant.source_key,
                    reason=grant.event.reason,
                )
                for grant in grants
            ]
        )

    def _open_cards(self, owner_ids):
        """Make cards for those who hold points and have none.

        :return: card ids by who holds the points
        """
        if not owner_ids:
            return {}
        cards = self.env["loyalty.card"]._open_member_cards(self.program_id, owner_ids)
        return {card.member_owner_id.id: card.id for card in cards}

    def _get_event_rule(self):
        """Return the rule as ``EventRule`` of ``logic``."""
        self.ensure_one()
        return EventRule(
            self.id,
            self.kind,
            self.program_id._round_points(exact(self.points)),
            frozenset(self.tier_ids.ids),
            frozenset(self.tag_ids.ids),
            self.date_from or None,
            self.date_to or None,
            self._get_weekdays(),
            self._get_cap(),
        )

    def _get_cap(self):
        """Return the limit per member as ``Cap`` of ``logic``."""
        self.ensure_one()
        return Cap(self.cap_period or None, exact(self.cap_points), self.cap_times)

    @api.model
    def _get_cap_room(self, card, rules, day, but_for=None):
        """Return how many points rules may still give on a card.

        :param card: the card, of any rights
        :param rules: earning rules of any kind
        :param date day: the company's day
        :param tuple but_for: model and id of a document whose own points are left out
        :return: {rule id: ``Decimal``, or None when the rule has no limit}
        """
        limits = [(rule.id, rule.kind, rule._get_cap()) for rule in rules.sudo()]
        used = self._find_use(limits, {0: card.id or 0}, day, but_for)
        return {
            rule_id: cap.room(used.get((0, rule_id), Use()))
            for rule_id, _kind, cap in limits
        }

    @api.model
    def _find_use(self, limits, cards, day, but_for=None):
        """Return what cards got by limited rules in the period of a day.

        :param limits: (rule id, kind, ``Cap``) of each rule
        :param dict cards: card ids by any name of theirs
        :return: {(name, rule id): ``Use``}
        """
        starts = [
            (rule_id, period_start(cap.period, day), kind in OF_ORDERS)
            for rule_id, kind, cap in limits
            if cap.is_set
        ]
        if not starts or not cards:
            return {}
        rows = self.env.execute_query(
            point_caps.use_of_rules(self.env, list(cards.values()), starts, but_for)
        )
        names = {card_id: name for name, card_id in cards.items()}
        return {
            (names[card_id], rule_id): Use(exact(points), times)
            for card_id, rule_id, points, times in rows
        }
