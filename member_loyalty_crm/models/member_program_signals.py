from odoo import api, fields, models

from ..queries import (
    signals,
    signals_demand,
    signals_document,
    signals_forecast,
    signals_purchase,
)


class MemberProgramSignals(models.AbstractModel):
    """The rules of a program that find who is worth a call."""

    _name = "member.program.signals"
    _description = "Signals of a Program"

    signal_rule_ids = fields.One2many(
        comodel_name="member.signal.rule", inverse_name="program_id", copy=False
    )
    open_signal_count = fields.Integer(
        string="Signals", compute="_compute_open_signal_count"
    )

    def _compute_open_signal_count(self):
        found = self.env["member.signal"]._read_group(
            [("program_id", "in", self.ids), ("ended_on", "=", False)],
            ["program_id"],
            ["__count"],
        )
        counts = dict(found)
        for program in self:
            program.open_signal_count = counts.get(program, 0)

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `member_loyalty` to begin with the usual rules."""
        programs = super().create(vals_list)
        self.env["member.signal.rule"].sudo()._make_usual_rules(programs)
        return programs

    @api.model
    def _begin_with_usual_signal_rules(self):
        """Give the programs that exist the usual rules, where they have none."""
        programs = self.sudo().search([("active", "in", (True, False))])
        self.env["member.signal.rule"].sudo()._make_usual_rules(programs)

    def _refresh_signals(self, day):
        """Override of `member.program.insight`: what holds and what no longer does."""
        refreshed = super()._refresh_signals(day)
        self.env.flush_all()
        for rule in self.sudo().signal_rule_ids:
            query = self._find_by_rule(rule._prepare_logic_rule(day))
            self.env.execute_query(query)
        self.env.execute_query(signals.end_signals_without_rule(self.id, day))
        self.env["member.signal"].invalidate_model()
        return refreshed

    @api.model
    def _find_by_rule(self, rule):
        """Return the statement that keeps the signals of a ``SignalRule`` true.

        Seam: whoever adds a kind gives its query here.
        """
        match rule.kind:
            case "complaint":
                found = signals_document.complaint(rule, "rating.rating" in self.env)
            case "demand":
                found = signals_demand.demand(rule, self._has_product_views())
            case "lost_quotation":
                found = signals_document.lost_quotation(rule)
            case "leaving" | "tier_loss" | "unused_benefit":
                found = getattr(signals_forecast, rule.kind)(rule)
            case _:
                found = getattr(signals_purchase, rule.kind)(rule)
        return signals.keep_signals(rule, found)

    @api.model
    def _has_product_views(self):
        """Tell whether a shop here writes down which products are looked at."""
        return (
            "website.track" in self.env
            and "product_id" in self.env["website.track"]._fields
        )

    def action_open_signals(self):
        """Open the signals that hold now."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty_crm.member_signal_action"
        )
        action["domain"] = [("program_id", "=", self.id)]
        return action

    def action_open_signal_rules(self):
        """Open the rules that find who is worth a call."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty_crm.member_signal_rule_action"
        )
        action["domain"] = [("program_id", "=", self.id)]
        action["context"] = {"default_program_id": self.id}
        return action
