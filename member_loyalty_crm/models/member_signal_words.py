from odoo import api, fields, models
from odoo.tools.misc import format_date, formatLang

from ..logic.signal_rule import months_between


class MemberSignalWords(models.AbstractModel):
    """What a signal says, in one sentence for staff, from the figures it keeps.

    Seam: whoever adds a kind adds a method ``_say_<kind>(facts)``.
    """

    _name = "member.signal.words"
    _description = "Words of a Signal"

    def _say_reason(self):
        """Return why the member is worth a call, in one sentence for staff."""
        self.ensure_one()
        facts = self.facts or {}
        sentence = self._say_facts(facts)
        tier = self.env["member.tier"].sudo().browse(facts.get("tier_id") or 0).exists()
        if not tier:
            return sentence
        return self.env._("%(tier)s: %(reason)s", tier=tier.name, reason=sentence)

    def _say_facts(self, facts):
        """Return what the figures say; where they are missing, the kind alone."""
        say = getattr(self, f"_say_{self.kind}", None)
        try:
            return say(facts) if say else self._say_kind()
        except KeyError:
            return self._say_kind()

    def _say_kind(self):
        """Return the name of the kind."""
        selection = self._fields["kind"]._description_selection(self.env)
        return dict(selection).get(self.kind, self.kind)

    @api.model
    def _say_day(self, day):
        """Return a day of the facts, an ISO date, as people write it."""
        return format_date(self.env, day)

    def _say_amount(self, amount):
        """Return an amount of the facts with the company's currency."""
        return formatLang(self.env, float(amount or 0), currency_obj=self.currency_id)

    def _get_months_since(self, day):
        """Return how many whole months have gone by since a day of the facts."""
        today = self.ended_on or self.company_id._member_today()
        return months_between(fields.Date.to_date(day), today)

    def _say_silent(self, facts):
        months = self._get_months_since(facts["last_on"])
        parts = {"months": months, "day": self._say_day(facts["last_on"])}
        if months == 1:
            return self.env._("silent for 1 month, last heard of on %(day)s", **parts)
        return self.env._(
            "silent for %(months)s months, last heard of on %(day)s", **parts
        )

    def _say_overdue(self, facts):
        return self.env._(
            "buys every %(interval)s days, last on %(day)s: overdue",
            interval=facts["interval_days"],
            day=self._say_day(facts["last_on"]),
        )

    def _say_falling(self, facts):
        return self.env._(
            "bought for %(recent)s in the last %(months)s months, %(before)s in those"
            " before",
            recent=self._say_amount(facts["recent"]),
            before=self._say_amount(facts["before"]),
            months=facts["months"],
        )

    def _say_returned(self, facts):
        return self.env._(
            "gave back %(credited)s of %(bought)s in %(months)s months, last on"
            " %(day)s",
            credited=self._say_amount(facts["credited"]),
            bought=self._say_amount(facts["bought"]),
            months=facts["months"],
            day=self._say_day(facts["last_on"]),
        )

    def _may_name_document(self):
        """Tell whether the reader may see the document that the cause names."""
        model, _comma, document_id = self.cause.partition(":")[2].partition(",")
        reader = self.sudo(False).env
        if reader.su:
            return True
        if model not in reader or not document_id.isdecimal():
            return False
        document = reader[model].with_context(active_test=False)
        return bool(document.search_count([("id", "=", int(document_id))], limit=1))

    def _say_lost_quotation(self, facts):
        if not self._may_name_document():
            return self.env._(
                "a quotation was lost on %(day)s, and nothing bought since",
                day=self._say_day(facts["last_on"]),
            )
        return self.env._(
            "lost on %(day)s: %(name)s, %(amount)s, and nothing bought since",
            day=self._say_day(facts["last_on"]),
            name=facts["name"],
            amount=self._say_amount(facts["amount"]),
        )

    def _say_complaint(self, facts):
        day = self._say_day(facts["last_on"])
        match facts.get("by"):
            case "rating":
                return self.env._("a bad rating on %(day)s", day=day)
            case "lead":
                return self.env._("a complaint as a lead on %(day)s", day=day)
        return self.env._("tagged as a complaint on %(day)s", day=day)

    def _say_leaving(self, facts):
        return self.env._(
            "buys again with a chance of %(percent)s %%, last bought on %(day)s",
            percent=round(float(facts["percent"])),
            day=self._say_day(facts["last_on"]),
        )

    def _say_tier_loss(self, facts):
        day = fields.Date.to_date(facts["ends_on"])
        left = max((day - self.company_id._member_today()).days, 0)
        parts = {
            "days": left,
            "day": self._say_day(facts["ends_on"]),
            "amount": self._say_amount(facts["amount"]),
        }
        if not facts["amount"]:
            return self.env._("loses the tier in %(days)s days, on %(day)s", **parts)
        return self.env._(
            "loses the tier in %(days)s days, on %(day)s; an order of %(amount)s keeps"
            " it",
            **parts,
        )

    def _say_demand(self, facts):
        category = self.env["product.category"].sudo().browse(facts["category_id"])
        parts = {
            "category": category.exists().name or "",
            "views": facts["views"],
            "inquiries": facts["inquiries"],
            "months": facts["months"],
        }
        if not facts["views"]:
            return self.env._(
                "asked for %(category)s %(inquiries)s times in %(months)s months and"
                " ordered none",
                **parts,
            )
        return self.env._(
            "viewed %(category)s %(views)s times in %(months)s months, inquiries:"
            " %(inquiries)s, and ordered none",
            **parts,
        )

    def _say_unused_benefit(self, facts):
        benefit = self.env["member.benefit"].sudo().browse(facts["benefit_id"])
        return self.env._(
            "has not used “%(benefit)s”, which ends on %(day)s",
            benefit=benefit.exists().name or "",
            day=self._say_day(facts["ends_on"]),
        )
