from typing import NamedTuple

from odoo import Command, api, fields, models
from odoo.tools import format_date

from odoo.addons.member_loyalty.logic.proportions import Share, difference

from ..models.member_call_kinds import get_signal_kinds

GROUPS = [
    ("kind", "Reason"),
    ("tier_id", "Tier"),
    ("started_on:month", "Month"),
    ("user_id", "Person"),
]
FEWEST = 10


class Groups(NamedTuple):
    """Who was handed out, how many of them were called, and who was left alone."""

    handed_out: Share
    called: int
    alone: Share


NOBODY = Groups(Share(0, 0), 0, Share(0, 0))


class MemberCallSaving(models.TransientModel):
    """Says in words whether calls keep customers, against those left alone.

    Both groups are drawn by lot from the same queue and watched as long, from the day
    on which their turn came. Who was handed out counts as called, whether or not
    somebody got around to it: who bought in the meantime must not drop out.
    """

    _name = "member.call.saving"
    _description = "Saved Customers"

    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        default=lambda self: self._default_program_id(),
    )
    date_from = fields.Date(string="Handed Out from")
    date_to = fields.Date(string="Handed Out until")
    kind = fields.Selection(selection=get_signal_kinds, string="Reason")
    tier_id = fields.Many2one(
        comodel_name="member.tier", domain="[('program_id', '=', program_id)]"
    )
    user_id = fields.Many2one(comodel_name="res.users", string="Person")
    group_by = fields.Selection(
        selection=GROUPS, string="One Line for Each", required=True, default="kind"
    )
    summary = fields.Text(compute="_compute_summary")
    line_ids = fields.One2many(
        comodel_name="member.call.saving.line",
        inverse_name="saving_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.model
    def _default_program_id(self):
        return self.env["member.program"]._get_company_programs(self.env.company)[:1]

    def _compute_display_name(self):
        """Override of `base` to name the page, not the program."""
        self.display_name = self.env._("Saved Customers")

    @api.depends("program_id", "date_from", "date_to", "kind", "tier_id", "user_id")
    def _compute_summary(self):
        for saving in self:
            counts = saving._count()
            saving.summary = saving._say(counts.get((), NOBODY))

    @api.depends(
        *("program_id", "date_from", "date_to", "kind", "tier_id", "user_id"),
        "group_by",
    )
    def _compute_line_ids(self):
        for saving in self:
            saving.line_ids = [
                Command.clear(),
                *(
                    Command.create(saving._prepare_line(name, groups))
                    for (name,), groups in saving._count(saving.group_by).items()
                ),
            ]

    def _get_domain(self):
        """Return which calls are compared: those whose days to buy are over."""
        self.ensure_one()
        domain = fields.Domain("program_id", "=", self.program_id.id)
        domain &= fields.Domain("is_judged", "=", True)
        if self.date_from:
            domain &= fields.Domain("started_on", ">=", self.date_from)
        if self.date_to:
            domain &= fields.Domain("started_on", "<=", self.date_to)
        for name in ("kind", "tier_id", "user_id"):
            if self[name]:
                value = self[name].id if name != "kind" else self.kind
                domain &= fields.Domain(name, "=", value)
        return domain

    def _count(self, *names):
        """Count customers and who of them bought.

        :return: ``Groups`` by tuple of the values that are told apart, as words
        """
        self.ensure_one()
        rows = self.env["member.call.report"]._read_group(
            self._get_domain(),
            [*names, "is_alone"],
            ["count:sum", "saved_count:sum", "called_count:sum"],
        )
        found = {}
        for *values, is_alone, count, saved, called in rows:
            key = tuple(
                self._say_value(name, value)
                for name, value in zip(names, values, strict=True)
            )
            share = Share(saved or 0, count)
            groups = found.get(key, NOBODY)
            found[key] = (
                groups._replace(alone=share)
                if is_alone
                else groups._replace(handed_out=share, called=called or 0)
            )
        return found

    def _say_value(self, name, value):
        """Return a reason, tier, month or person in words."""
        if name == "kind":
            kinds = self._fields["kind"]._description_selection(self.env)
            return dict(kinds).get(value, value)
        if name == "started_on:month":
            return format_date(self.env, value, date_format="MMMM y")
        return value.display_name if value else self.env._("None")

    def _prepare_line(self, name, groups):
        """Return the values of a line of the comparison."""
        interval = difference(groups.handed_out, groups.alone)
        return {
            "name": name,
            "handed_out_count": groups.handed_out.total,
            "called_count": groups.called,
            "handed_out_share": groups.handed_out.value or 0,
            "alone_count": groups.alone.total,
            "alone_share": groups.alone.value or 0,
            "verdict": self._say_verdict(groups),
            "difference": self._say_interval(interval) if interval else "",
        }

    def _say(self, groups):
        """Return the comparison in sentences."""
        self.ensure_one()
        if not groups.handed_out.total and not groups.alone.total:
            return self.env._(
                "Nobody's days to buy are over yet. They are %(days)s, from when a call"
                " is handed out.",
                days=self.program_id.calls_saved_days,
            )
        sentences = [
            self.env._(
                "%(count)s handed out, %(called)s of them called: %(saved)s bought"
                " (%(share)s).",
                count=groups.handed_out.total,
                called=groups.called,
                saved=groups.handed_out.count,
                share=self._say_percent(groups.handed_out.value or 0),
            ),
            self.env._(
                "%(count)s left alone: %(saved)s bought (%(share)s).",
                count=groups.alone.total,
                saved=groups.alone.count,
                share=self._say_percent(groups.alone.value or 0),
            ),
        ]
        if interval := difference(groups.handed_out, groups.alone):
            sentences.append(
                self.env._(
                    "Difference: %(difference)s.",
                    difference=self._say_interval(interval),
                )
            )
        return "\n".join([*sentences, self._say_verdict(groups)])

    def _say_interval(self, interval):
        """Return a difference with the values between which it lies."""
        return self.env._(
            "%(value)s points, with 95 %% confidence between %(low)s and %(high)s",
            value=self._say_points(interval.value),
            low=self._say_points(interval.low),
            high=self._say_points(interval.high),
        )

    def _say_verdict(self, groups):
        """Return what can be concluded."""
        interval = difference(groups.handed_out, groups.alone)
        if interval is None:
            return self.env._("One group is empty: there is nothing to compare yet.")
        if min(groups.handed_out.total, groups.alone.total) < FEWEST:
            return self.env._(
                "Too few to conclude anything: wait for %(least)s in each group.",
                least=FEWEST,
            )
        if not interval.is_clear:
            return self.env._("The difference may be chance: wait for more.")
        if interval.value > 0:
            return self.env._("Calls keep customers.")
        return self.env._("Those who were left alone bought more often.")

    def _say_percent(self, share):
        return self.env._("%(share)s %%", share=round(100 * share))

    def _say_points(self, share):
        return round(100 * share)

    def action_open_report(self):
        """Open the calls behind the figures as a pivot."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty_crm.member_call_report_action"
        )
        action["domain"] = list(self._get_domain())
        action["context"] = {}
        return action
