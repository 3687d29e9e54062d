from collections import Counter

from markupsafe import Markup

from odoo import api, fields, models


class MemberLadderVersionWords(models.AbstractModel):
    """What a version of the rules says in words, and what it says anew."""

    _name = "member.ladder.version.words"
    _description = "Rule Version in Words"

    summary = fields.Html(string="In Words", compute="_compute_summary")
    change_text = fields.Text(string="What Changes", compute="_compute_change_text")

    @api.depends(
        "program_id",
        "rule_ids.sentence",
        "rule_ids.purpose",
        "rule_ids.tier_id",
        "lifetime_tier_ids",
    )
    @api.depends_context("lang")
    def _compute_summary(self):
        for version in self:
            items = [
                Markup("<li><b>%s</b>: %s</li>") % (tier.name, version._say_tier(tier))
                for tier in version.program_id._get_tiers()[1:]
            ]
            version.summary = Markup("<ul>%s</ul>") % Markup().join(items)

    @api.depends(
        "based_on_id",
        "rule_ids.sentence",
        "rule_ids.purpose",
        "rule_ids.tier_id",
        "lifetime_tier_ids",
    )
    @api.depends_context("lang")
    def _compute_change_text(self):
        for version in self:
            version.change_text = "\n".join(version._list_changes())

    def _say_tier(self, tier):
        """Return what it takes to reach and to keep a tier, in one sentence."""
        self.ensure_one()
        sentences = self._get_sentences()
        enter = sentences[tier.id, "enter"].elements()
        parts = [self.env._(" or ").join(enter) or self.env._("nobody reaches it")]
        if keep := list(sentences[tier.id, "keep"].elements()):
            parts.append(
                self.env._(
                    "also kept with %(rules)s", rules=self.env._(" or ").join(keep)
                )
            )
        if tier in self.lifetime_tier_ids._origin:
            parts.append(self.env._("kept for life"))
        return "; ".join(parts)

    def _get_sentences(self):
        """Return how often each sentence stands, by tier id and purpose."""
        self.ensure_one()
        sentences = {
            (tier.id, purpose): Counter()
            for tier in self.program_id._get_tiers()
            for purpose in ("enter", "keep")
        }
        for rule in self.rule_ids:
            key = (rule.tier_id._origin.id, rule.purpose or "enter")
            if key in sentences:
                sentences[key][rule._get_sentence()] += 1
        return sentences

    def _list_changes(self):
        """Return what is new and what is gone since the version it was made from."""
        self.ensure_one()
        if not self.based_on_id:
            return []
        before, after = self.based_on_id._get_sentences(), self._get_sentences()
        changes = []
        for tier in self.program_id._get_tiers():
            for purpose in ("enter", "keep"):
                old, new = (one[tier.id, purpose] for one in (before, after))
                gone, come = (old - new).elements(), (new - old).elements()
                changes += [self._say_gone(tier, purpose, rule) for rule in gone]
                changes += [self._say_new(tier, purpose, rule) for rule in come]
        return changes + self._list_lifetime_changes()

    def _say_gone(self, tier, purpose, rule):
        """Return that a rule is gone."""
        values = {"tier": tier.name, "rule": rule}
        if purpose == "keep":
            return self.env._("%(tier)s is no longer kept with “%(rule)s”", **values)
        return self.env._("%(tier)s is no longer reached with “%(rule)s”", **values)

    def _say_new(self, tier, purpose, rule):
        """Return that a rule is new."""
        values = {"tier": tier.name, "rule": rule}
        if purpose == "keep":
            return self.env._("%(tier)s is now kept with “%(rule)s”", **values)
        return self.env._("%(tier)s is now reached with “%(rule)s”", **values)

    def _list_lifetime_changes(self):
        """Return which tiers are kept for life from now on, or no longer."""
        before = self.based_on_id.lifetime_tier_ids._origin
        after = self.lifetime_tier_ids._origin
        return [
            *(
                self.env._("%(tier)s is now kept for life", tier=tier.name)
                for tier in after - before
            ),
            *(
                self.env._("%(tier)s is no longer kept for life", tier=tier.name)
                for tier in before - after
            ),
        ]
