from odoo import api, models

SIGNALS = 6
CALLS = 4


class MemberPortraitInsight(models.AbstractModel):
    """What scores, forecasts and signals say about the customer."""

    _name = "member.portrait.insight"
    _description = "Insight in a Portrait"

    @api.model
    def _portray_score(self, subject):
        """Return the scores with what they mean."""
        score = self._find_row("member.score", subject)
        if not score:
            return {}
        return {
            **self._link(score),
            "letters": [
                {
                    "name": score._fields[name].get_description(self.env)["string"],
                    "value": score[name],
                    "help": score._fields[name].get_description(self.env).get("help"),
                }
                for name in ("recency", "frequency", "monetary")
            ],
            "value": score.value_score,
            "segment": score.segment and self._get_label(score, "segment"),
            "stage": score.stage and self._get_label(score, "stage"),
            "interval": score.interval_days,
            "next_on": self._format_day(score.next_expected_on),
            "is_late": bool(score.next_expected_on)
            and score.next_expected_on < subject.today,
            "lifetime": self._format_amount(score.lifetime_value, score.currency_id),
            "on": self._format_day(score.scored_on),
            **self._explain_score(score),
        }

    @api.model
    def _explain_score(self, score):
        """Return why the score is what it is: sentences, and what each part gave.

        Scores that are not explained yet say nothing.
        """
        explain = getattr(score, "_explain_score", None)
        said = explain() if explain else {}
        return {
            "reasons": list(said.get("sentences", ())),
            "parts": [
                {key: part[key] for key in ("label", "points", "highest")}
                for part in said.get("parts", ())
            ],
        }

    @api.model
    def _portray_forecast(self, subject):
        """Return what is expected: the next purchase, and the tier's end."""
        forecast = self._find_row("member.forecast", subject)
        if not forecast or not (forecast.has_return_chance or forecast.has_tier_loss):
            return {}
        keeps = forecast.has_tier_loss and forecast.keeping_amount
        return {
            **self._link(forecast),
            "return_percent": forecast.has_return_chance
            and round(100 * forecast.return_chance),
            "has_return": forecast.has_return_chance,
            "orders": self._format_number(round(forecast.expected_orders, 1)),
            "value": self._format_amount(forecast.expected_value, forecast.currency_id),
            "has_loss": forecast.has_tier_loss,
            "loss_percent": round(100 * forecast.tier_loss_chance),
            "loss_on": self._format_day(forecast.tier_loss_on),
            "keeping": keeps and self._format_amount(keeps, forecast.currency_id),
            "on": self._format_day(forecast.forecast_on),
        }

    @api.model
    def _find_row(self, model, subject):
        """Return the row of a narrow table about the member."""
        if not subject.membership or not self._may_read(model):
            return self.env[model]
        return self.env[model].search(
            [("membership_id", "=", subject.membership.id)], limit=1
        )

    @api.model
    def _portray_signals(self, subject):
        """Return what is worth a call now, and the calls that are planned for it."""
        if not subject.membership or not self._may_read("member.signal"):
            return {}
        signals = self.env["member.signal"].search(
            [("membership_id", "=", subject.membership.id), ("ended_on", "=", False)],
            order="weight desc, found_on desc, id desc",
            limit=SIGNALS,
        )
        calls = self._get_calls(subject)
        if not signals and not calls:
            return {}
        return {
            "signals": [
                {
                    **self._link(one),
                    "kind": self._get_label(one, "kind"),
                    "reason": one.reason or "",
                    "weight": one.weight,
                    "since": self._format_day(one.found_on),
                }
                for one in signals
            ],
            "calls": calls,
        }

    @api.model
    def _get_calls(self, subject):
        """Return the calls that are to be made to the member, where calls are kept."""
        if not self._may_read("member.call"):
            return []
        calls = self.env["member.call"].search(
            [
                ("membership_id", "=", subject.membership.id),
                ("state", "in", ("waiting", "open")),
            ],
            limit=CALLS,
        )
        return [
            {
                **self._link(call),
                "kind": self._get_label(call, "kind"),
                "state": self._get_label(call, "state"),
                "due_on": self._format_day(call.due_on),
                "user": call.user_id.name or "",
            }
            for call in calls
        ]
