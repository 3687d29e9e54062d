from decimal import Decimal

from odoo import Command, api, fields, models

from ..logic.purchase_posting import exact
from ..logic.round_amounts import scale


class MemberProgramPresetTier(models.Model):
    """A rung of a preset: its name and, as plain data, the ways to reach it.

    ``rules`` is a list of ``{"purpose": "enter" or "keep", "conditions": [...]}``. A
    condition has ``metric``, ``value``, and perhaps ``operator``, ``window_type``,
    ``window_length``, ``tag`` (an external id) with ``tag_name``. A rule with
    ``unless_metric`` stands in for another one while nothing has that metric.
    """

    _name = "member.program.preset.tier"
    _description = "Tier of a Preset"
    _inherit = "member.text.source"
    _order = "preset_id, sequence, id"

    preset_id = fields.Many2one(
        comodel_name="member.program.preset",
        required=True,
        index=True,
        ondelete="cascade",
    )
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer(string="Colour")
    description = fields.Text(translate=True, help="What members read about this tier.")
    rules = fields.Json(help="The ways to reach the tier, as plain data.")

    def _prepare_tier(self, rank, factor=1, create_tags=True):
        """Return the values of the tier that this rung becomes.

        :param int rank: its place on the ladder, from 0
        """
        self.ensure_one()
        return {
            "name": self.name,
            "description": self.description,
            "sequence": (rank + 1) * 10,
            "color": self.color,
            "rule_ids": [
                Command.create(self._prepare_rule(rule, factor, create_tags))
                for rule in self._get_usable_rules()
            ],
        }

    def _prepare_rule(self, rule, factor, create_tags):
        """Return the values of a tier's rule from its plain data."""
        return {
            "purpose": rule.get("purpose", "enter"),
            "condition_ids": [
                Command.create(self._prepare_condition(condition, factor, create_tags))
                for condition in rule["conditions"]
            ],
        }

    def _prepare_condition(self, condition, factor, create_tags):
        """Return the values of a condition from its plain data."""
        metric = self.env["member.metric"]._get_metrics()[condition["metric"]]
        value = Decimal(str(condition.get("value", 1)))
        if metric.unit == "money":
            value = scale(value, exact(factor))
        values = {
            "metric": metric.name,
            "operator": condition.get("operator", ">="),
            "value": float(value),
            "window_type": condition.get("window_type", "lifetime"),
            "window_length": condition.get("window_length", 1),
        }
        if condition.get("tag"):
            tag = self._find_tag(condition, create_tags)
            values["tag_ids"] = [Command.set(tag.ids)]
        return values

    @api.model
    def _find_tag(self, condition, create_tags):
        """Find the tag that a condition names; make it when it was deleted."""
        tag = self.env.ref(condition["tag"], raise_if_not_found=False)
        tag = tag or self.env["member.tag"]
        if tag or not create_tags:
            return tag
        tag = tag.create({"name": condition["tag_name"]})
        self.env["ir.model.data"].sudo()._update_xmlids(
            [{"xml_id": condition["tag"], "record": tag, "noupdate": True}]
        )
        return tag

    def _get_usable_rules(self):
        """Return the rules whose metrics are there, without those they stand in for."""
        self.ensure_one()
        metrics = self.env["member.metric"]._get_metrics()
        return [
            rule
            for rule in self.rules or []
            if rule.get("unless_metric") not in metrics
            and all(one["metric"] in metrics for one in rule["conditions"])
        ]

    def _get_missing_metrics(self):
        """Return the names of metrics that rules ask for and nothing has, sorted."""
        metrics = self.env["member.metric"]._get_metrics()
        wanted = {
            condition["metric"]
            for tier in self
            for rule in tier.rules or []
            for condition in rule["conditions"]
        }
        return sorted(wanted - metrics.keys())

    @api.model
    def _get_metric_label(self, metric):
        """Return the name of a metric that may come with another module."""
        labels = {
            "quality_inquiries": self.env._("Inquiries of quality"),
            "units_bought": self.env._("Units bought"),
            "has_tag": self.env._("Has the tag"),
        }
        labels.update(self.env["member.metric"]._get_metric_selection())
        return labels.get(metric, metric)
