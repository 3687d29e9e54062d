from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_amount, format_date, formatLang

from ..queries import order_points

OF_AMOUNTS = ("amount", "multiplier")


class MemberEarningWords(models.AbstractModel):
    """What a rule gives, as a sentence, and what it lacks."""

    _name = "member.earning.words"
    _description = "Earning Rule in Words"

    summary = fields.Char(string="In Words", compute="_compute_summary")

    @api.depends(
        *("kind", "points", "amount_step", "factor", "target_amount"),
        *("minimum_amount", "currency_id", "tier_ids.name", "tag_ids.name"),
        *("category_ids.complete_name", "date_from", "date_to"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday"),
        *("sunday", "cap_period", "cap_points", "cap_times"),
    )
    @api.depends_context("lang")
    def _compute_summary(self):
        for rule in self:
            parts = [rule._say_what(), *rule._say_for_whom(), *rule._say_when()]
            sentence = " ".join(part for part in parts if part)
            limit = rule._say_limit()
            rule.summary = f"{sentence}, {limit}" if limit else sentence

    def _say_what(self):
        """Return what the rule gives, and for what."""
        points, number = self._say_points(self.points), self._say_number
        if self.kind == "amount":
            return self.env._(
                "%(points)s for each %(amount)s",
                points=points,
                amount=self._say_money(self.amount_step),
            )
        if self.kind == "multiplier":
            return self.env._("%(factor)s times the points", factor=number(self.factor))
        if self.kind == "yearly_target":
            return self.env._(
                "%(points)s for purchases of %(amount)s in a calendar year",
                points=points,
                amount=self._say_money(self.target_amount),
            )
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return self.env._(
            "%(points)s: %(event)s",
            points=points,
            event=kinds.get(self.kind, "").lower(),
        )

    def _say_for_whom(self):
        """Return whom and what the rule is limited to, as parts of a sentence."""
        if self.minimum_amount and self.kind in ("amount", "order", "multiplier"):
            amount = self._say_money(self.minimum_amount)
            yield self.env._("on orders from %(amount)s on", amount=amount)
        if self.category_ids and self.kind in OF_AMOUNTS:
            names = self._say_list(self.category_ids.mapped("display_name"))
            yield self.env._("on %(categories)s", categories=names)
        if self.tier_ids:
            names = self._say_list(self.tier_ids.mapped("name"))
            yield self.env._("for %(tiers)s", tiers=names)
        if self.tag_ids:
            names = self._say_list(self.tag_ids.mapped("name"))
            yield self.env._("with the tag %(tags)s", tags=names)

    def _say_when(self):
        """Return when the rule holds, as parts of a sentence."""
        chosen = self._get_weekdays()
        if len(chosen) < 7:
            names = self._say_list(self._get_weekday_names(chosen))
            yield self.env._("on %(days)s", days=names)
        first = self.date_from and format_date(self.env, self.date_from)
        last = self.date_to and format_date(self.env, self.date_to)
        if first and last:
            yield self.env._("from %(first)s to %(last)s", first=first, last=last)
        elif first:
            yield self.env._("from %(first)s on", first=first)
        elif last:
            yield self.env._("until %(last)s", last=last)

    def _say_limit(self):
        """Return the limit per member, if there is one."""
        if not self._get_cap().is_set:
            return ""
        period = dict(self._fields["cap_period"]._description_selection(self.env))
        values = {"period": period[self.cap_period], "times": self.cap_times}
        points = self._say_points(self.cap_points)
        if not self.cap_times:
            return self.env._("at most %(points)s %(period)s", points=points, **values)
        if not self.cap_points:
            return self.env._("at most %(times)s times %(period)s", **values)
        return self.env._(
            "at most %(times)s times and %(points)s %(period)s", points=points, **values
        )

    @api.model
    def _get_weekday_names(self, numbers):
        """Return the names of weekdays; 0 is Monday."""
        names = self.fields_get(self._get_weekday_fields(), ["string"])
        days = self._get_weekday_fields()
        return [names[days[number]]["string"] for number in sorted(numbers)]

    def _say_points(self, points):
        number = self._say_number(points)
        if points == 1:
            return self.env._("%(number)s point", number=number)
        return self.env._("%(number)s points", number=number)

    def _say_number(self, number):
        digits = 0 if number == int(number) else 2
        return formatLang(self.env, number, digits=digits)

    def _say_money(self, amount):
        currency = self.currency_id
        is_whole = amount == int(amount)
        if not currency or not is_whole:
            return (
                format_amount(self.env, amount, currency)
                if currency
                else self._say_number(amount)
            )
        return format_amount(self.env, amount, currency, trailing_zeroes=False)

    def _say_list(self, names):
        return self.env._(", ").join(name for name in names if name)

    @api.constrains("kind", "points", "target_amount", "program_id")
    def _check_figures_of_kind(self):
        for rule in self:
            if rule.kind == "yearly_target" and rule.target_amount <= 0:
                raise ValidationError(
                    self.env._(
                        "The rule %(rule)s needs the amount that a member has to buy"
                        " for in a year. Enter it under Yearly Target.",
                        rule=rule.name,
                    )
                )
            if rule.kind != "multiplier" and rule.points <= 0:
                raise ValidationError(
                    self.env._(
                        "The rule %(rule)s gives nothing. Enter the points that it"
                        " gives.",
                        rule=rule.name,
                    )
                )

    @api.constrains("program_id", "tier_ids")
    def _check_tiers_of_program(self):
        for rule in self:
            if strange := rule.tier_ids.filtered(
                lambda tier, rule=rule: tier.program_id != rule.program_id
            ):
                raise ValidationError(
                    self.env._(
                        "The tier %(tier)s is not one of %(program)s. Choose tiers of"
                        " that program, or none for all of them.",
                        tier=strange[0].name,
                        program=rule.program_id.name,
                    )
                )

    @api.constrains("program_id")
    def _check_program_is_kept(self):
        for rule in self.filtered(lambda rule: rule._has_entries()):
            entries = self.env["member.point.entry"].sudo()
            if entries.search_count(
                [("rule_id", "=", rule.id), ("program_id", "!=", rule.program_id.id)],
                limit=1,
            ):
                raise ValidationError(
                    self.env._(
                        "The rule %(rule)s has given points in another program. Make a"
                        " new rule here.",
                        rule=rule.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for rule in self:
            if rule._has_entries():
                raise UserError(
                    self.env._(
                        "The rule %(rule)s has given points, which statements go on"
                        " showing. Archive it: it then gives no more.",
                        rule=rule.name,
                    )
                )

    def _has_entries(self):
        """Tell whether the rule gave points to anybody, or promised them."""
        self.ensure_one()
        entries = self.env["member.point.entry"].sudo()
        if entries.search_count([("rule_id", "=", self.id)], limit=1):
            return True
        self.env["member.order.points"].flush_model(["earning"])
        return bool(self.env.execute_query(order_points.promised_by_rule(self.id)))
