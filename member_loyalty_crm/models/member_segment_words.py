from odoo import api, fields, models
from odoo.tools import format_date, format_list


class MemberSegmentWords(models.AbstractModel):
    """Who is in a segment, in words that a manager understands."""

    _name = "member.segment.words"
    _description = "Segment in Words"
    _inherit = ["member.segment.conditions"]

    sentence = fields.Text(string="In Words", compute="_compute_sentence")

    @api.depends(lambda self: self._get_condition_names())
    @api.depends_context("lang")
    def _compute_sentence(self):
        for segment in self:
            segment.sentence = segment._get_sentence()

    def _get_sentence(self):
        """Return who is in the segment, as one sentence."""
        self.ensure_one()
        phrases = [
            *self._say_standing(),
            *self._say_contact(),
            *self._say_scores(),
            *self._say_purchases(),
            *self._say_benefits(),
        ]
        if self._has_extra_domain():
            phrases.append(self.env._("and what “Anything Else” asks for"))
        return ", ".join(phrases)

    def _has_extra_domain(self):
        """Tell whether somebody built a filter of their own."""
        return (self.extra_domain or "[]").replace(" ", "") != "[]"

    def _say_any(self, records):
        """Return names joined by "or"."""
        names = [record.display_name or "" for record in records]
        return format_list(self.env, names, "or")

    def _say_all(self, records):
        """Return names joined by "and"."""
        return format_list(self.env, [record.display_name or "" for record in records])

    def _say_standing(self):
        """Return the tier, where the members are and who looks after them."""
        if self.tier_ids:
            phrases = [self._say_any(self.tier_ids)]
        else:
            phrases = [self.env._("All members")]
        places = [*self.country_ids, *self.country_group_ids]
        if places:
            phrases[0] = self.env._(
                "%(members)s in %(countries)s",
                members=phrases[0],
                countries=self._say_any(places),
            )
        if self.user_ids:
            phrases.append(
                self.env._(
                    "looked after by %(users)s", users=self._say_any(self.user_ids)
                )
            )
        if self.team_ids:
            phrases.append(
                self.env._("of the team %(teams)s", teams=self._say_any(self.team_ids))
            )
        return phrases

    def _say_contact(self):
        """Return the tags and when the members joined."""
        phrases = []
        if self.tag_any_ids:
            phrases.append(
                self.env._("tagged %(tags)s", tags=self._say_any(self.tag_any_ids))
            )
        if self.tag_all_ids:
            phrases.append(
                self.env._("tagged %(tags)s", tags=self._say_all(self.tag_all_ids))
            )
        if self.tag_none_ids:
            tags = self._say_any(self.tag_none_ids)
            phrases.append(self.env._("not tagged %(tags)s", tags=tags))
        if self.joined_from:
            day = format_date(self.env, self.joined_from)
            phrases.append(self.env._("joined on %(day)s or later", day=day))
        if self.joined_until:
            day = format_date(self.env, self.joined_until)
            phrases.append(self.env._("joined on %(day)s or earlier", day=day))
        if self.joined_within_days:
            days = self.joined_within_days
            phrases.append(self.env._("joined in the last %(days)s days", days=days))
        return phrases

    def _say_scores(self):
        """Return what was worked out last night."""
        phrases = []
        if self.rfm_segment_ids:
            names = self._say_any(self.rfm_segment_ids)
            phrases.append(self.env._("RFM segment %(names)s", names=names))
        if self.stage_ids:
            names = self._say_any(self.stage_ids)
            phrases.append(self.env._("life cycle stage %(names)s", names=names))
        phrases += self._say_value()
        for name, sentence in (
            (
                "recency",
                self.env._("recency at least %(grade)s", grade=self.recency_min),
            ),
            (
                "frequency",
                self.env._("frequency at least %(grade)s", grade=self.frequency_min),
            ),
            (
                "monetary",
                self.env._("monetary at least %(grade)s", grade=self.monetary_min),
            ),
        ):
            if self[f"{name}_min"]:
                phrases.append(sentence)
        if self.return_chance_below:
            percent = round(self.return_chance_below * 100)
            phrases.append(
                self.env._(
                    "chance of another purchase below %(percent)s %%", percent=percent
                )
            )
        return phrases

    def _say_value(self):
        """Return the limits of the value score."""
        low, high = self.value_score_min, self.value_score_max
        if low > 0 and high < 100:
            return [self.env._("value %(low)s to %(high)s", low=low, high=high)]
        if low > 0:
            return [self.env._("value at least %(low)s", low=low)]
        if high < 100:
            return [self.env._("value at most %(high)s", high=high)]
        return []

    def _say_purchases(self):
        """Return what was bought, when and how."""
        phrases = []
        if self.purchase_history == "bought":
            phrases.append(self.env._("bought at least once"))
        if self.purchase_history == "never":
            phrases.append(self.env._("never bought"))
        if self.bought_within_days:
            days = self.bought_within_days
            phrases.append(self.env._("bought in the last %(days)s days", days=days))
        if self.not_bought_within_days:
            days = self.not_bought_within_days
            phrases.append(self.env._("silent for %(days)s days", days=days))
        if bought := [*self.bought_category_ids, *self.bought_product_ids]:
            phrases.append(self.env._("bought %(goods)s", goods=self._say_any(bought)))
        if others := [*self.not_bought_category_ids, *self.not_bought_product_ids]:
            phrases.append(
                self.env._("bought no %(goods)s", goods=self._say_any(others))
            )
        if self.promotion_share_min:
            percent = self.promotion_share_min
            phrases.append(
                self.env._(
                    "with a promotion in at least %(percent)s %% of the orders",
                    percent=percent,
                )
            )
        return phrases

    def _say_benefits(self):
        """Return what was not used yet."""
        phrases = []
        if self.unused_benefit_ids:
            names = self._say_any(self.unused_benefit_ids)
            phrases.append(self.env._("has not used %(names)s", names=names))
        if self.points_min:
            points = f"{self.points_min:g}"
            phrases.append(self.env._("at least %(points)s points", points=points))
        return phrases
