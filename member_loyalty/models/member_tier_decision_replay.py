from collections import defaultdict

from odoo import api, models

from ..logic.ladder import Ladder
from ..logic.purchase_posting import exact
from ..logic.tier_qualification import FallPolicy, Standing, decide
from ..queries import tier_evaluation
from ..queries.measuring import NOTHING_KNOWN
from ..queries.metrics import Scope

REPLAYED = ("up", "down")
BY_HAND = ("manual", "appeal", "merge")


class MemberTierDecisionReplay(models.AbstractModel):
    """Takes a decision again from the journal as it was: it must come out the same."""

    _name = "member.tier.decision.replay"
    _description = "Replay of a Decision"

    def action_replay(self):
        """Take these decisions again and say whether they come out the same."""
        differences = self._replay()
        names = [decision.display_name for decision in self.browse(differences)][:10]
        message = self.env._("Same figures, same result.")
        if differences:
            message = self.env._(
                "%(count)s came out differently: %(names)s",
                count=len(differences),
                names="; ".join(names),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if differences else "success",
                "sticky": bool(differences),
                "title": self.env._("Decision replayed"),
                "message": message,
            },
        }

    def _replay(self):
        """Take decisions again, from what the journal held when they were taken.

        Decisions made by hand, and those of a time before there were rules to look
        up, have nothing to be computed from and are left out; so are those from
        before the member joined anew or was merged, which changed what is measured.

        :return: ids of those that come out differently, each with what it gave: a
            dict of the tier id by decision id
        """
        groups = defaultdict(list)
        starts = self._find_starts()
        for decision in self.filtered(
            lambda one: (
                one.event in REPLAYED
                and one.version_id
                and one.id > starts.get(one.membership_id.id, 0)
            )
        ):
            key = (decision.program_id, decision.date, decision.create_date)
            groups[key, decision.version_id].append(decision)
        differences = {}
        for ((program, day, moment), version), decisions in groups.items():
            figures = self._measure_again(program, day, moment, version, decisions)
            ladder = program._get_rules_of(version, day, moment).ladder
            for decision in decisions:
                measured = figures.get(decision.membership_id.partner_id.id, {})
                tier_id = decision._decide_again(ladder, measured)
                if tier_id != decision.to_tier_id.id:
                    differences[decision.id] = tier_id
        return differences

    def _find_starts(self):
        """Find the last decision with which each member joined or was merged."""
        rows = self.env["member.tier.decision"]._read_group(
            [
                ("membership_id", "in", self.membership_id.ids),
                ("event", "in", ("join", "merge")),
            ],
            ["membership_id"],
            ["id:max"],
        )
        return {membership.id: last_id for membership, last_id in rows}

    @api.model
    def _measure_again(self, program, day, moment, version, decisions):
        """Measure members as they were measured then, by partner id and figure."""
        evaluation = program._prepare_replay(version, day, moment)
        partner_ids = {decision.membership_id.partner_id.id for decision in decisions}
        rows = self.env.execute_query(
            tier_evaluation.ladder_figures(
                self.env, evaluation, Scope(partner_ids=tuple(sorted(partner_ids)))
            )
        )
        keys = evaluation.figure_keys()
        return {
            partner_id: dict(zip(keys, map(exact, values), strict=True))
            for partner_id, *values in rows
        }

    def _decide_again(self, ladder: Ladder, figures):
        """Return the id of the tier that the rules give for figures.

        What does not follow from the journal, such as a tag, is taken as it was
        written down.
        """
        self.ensure_one()
        metrics = self.env["member.metric"]._get_metrics()
        kept = self._get_figures()
        figures = {
            key: value
            if metrics.get(key.metric, NOTHING_KNOWN).follows_journal
            else kept.get(key, 0)
            for key, value in figures.items()
        }
        results = [
            decide(
                figures,
                ladder,
                Standing(self.from_tier_id.id, None, tier_id, self.date),
                self.date,
                may_fall=self.event == "down",
                policy=FallPolicy(one_rung=self.run_id.sudo().one_rung),
            ).to_tier_id
            for tier_id in self._find_grants()
        ]
        return self.to_tier_id.id if self.to_tier_id.id in results else results[0]

    def _find_grants(self):
        """Return the ids of tiers that may have been given by hand at the time.

        The last grant is known. Of those before it only the tier is, not until when:
        the decision may have been taken with them or without (None).
        """
        self.ensure_one()
        member = self.membership_id
        by_hand = member.decision_ids.filtered(lambda one: one.event in BY_HAND)
        by_hand = by_hand.sorted("id")
        granted = member.granted_tier_id
        if member.granted_until and member.granted_until >= self.date:
            last = by_hand[-1:]
            if last.id < self.id and last.to_tier_id == granted:
                return [granted.id]
        else:
            granted = granted[:0]
        before = by_hand.filtered(lambda one: one.id < self.id)
        return [None, *(granted | before.to_tier_id).ids]
