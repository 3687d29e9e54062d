from odoo import fields, models, tools
from odoo.exceptions import UserError

from ..logic.ladder import Ladder
from ..queries import ladder_versions
from ..queries.tier_verdict import Rules

DAYS_TO_CATCH_UP = 366


class MemberProgramRules(models.AbstractModel):
    """The versions of a program's rules, and which of them hold for whom."""

    _name = "member.program.rules"
    _description = "Rules of a Program"

    version_ids = fields.One2many(
        comodel_name="member.ladder.version", inverse_name="program_id"
    )
    version_id = fields.Many2one(
        comodel_name="member.ladder.version",
        string="Rules in Force",
        readonly=True,
        copy=False,
    )
    draft_count = fields.Integer(string="Drafts", compute="_compute_draft_count")
    may_change_rules = fields.Boolean(compute="_compute_draft_count")
    accelerator_ids = fields.One2many(
        comodel_name="member.tier.accelerator", inverse_name="program_id"
    )

    def _compute_draft_count(self):
        for program in self:
            drafts = program.version_ids.filtered(lambda one: one.state == "draft")
            program.draft_count = len(drafts)
            program.may_change_rules = not program._has_members()

    def copy(self, default=None):
        """Copy the rules in force with the tiers, and which of those are for life."""
        copies = super().copy(default)
        for program, copied in zip(self, copies, strict=True):
            lifetime = program.version_id.lifetime_tier_ids
            copied.sudo().version_id.lifetime_tier_ids = [
                fields.Command.link(new.id)
                for old, new in zip(
                    program._get_tiers(), copied._get_tiers(), strict=True
                )
                if old in lifetime
            ]
        return copies

    def action_change_rules(self):
        """Make a draft of the rules in force and open it."""
        self.ensure_one()
        self.check_access("write")
        in_force = self._get_version_in_force()
        draft = in_force.copy({"based_on_id": in_force.id, "state": "draft"})
        return draft._get_records_action(name=self.env._("Change Rules"))

    def action_open_versions(self):
        """Open all versions of the rules."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_ladder_version_action"
        )
        action["domain"] = [("program_id", "=", self.id)]
        action["context"] = {"default_program_id": self.id}
        return action

    def _has_members(self):
        """Tell whether somebody is or was a member, so that rules have a history."""
        self.ensure_one()
        if not self._origin:
            return False
        memberships = self.env["member.membership"].sudo()
        return bool(
            memberships.with_context(active_test=False).search_count(
                [("program_id", "=", self._origin.id)], limit=1
            )
        )

    def _get_version_in_force(self):
        """Return the version in force, made if there never was one."""
        self.ensure_one()
        if not self.version_id and self._origin:
            versions = self.env["member.ladder.version"].sudo()
            self.sudo().version_id = versions.create(
                {
                    "program_id": self.id,
                    "state": "in_force",
                    "valid_from": self.company_id._member_today(),
                }
            )
        return self.version_id

    def _check_order_is_kept(self, tier_ids):
        """Let tiers pass that stand as they stood.

        :param tier_ids: the tiers as they were, lowest first
        :raises UserError: when the program has members, who would change rank
        """
        self.ensure_one()
        if self._has_members() and self._get_tiers().ids != list(tier_ids):
            raise UserError(
                self.env._(
                    "The tiers of %(program)s have members and keep their order. Add a"
                    " new tier where you want one, and change the rules instead.",
                    program=self.name,
                )
            )

    def _get_ladder(self):
        """Return the program's tiers and rules in force as the pure :class:`Ladder`."""
        self.ensure_one()
        return self._get_cached_rules(self.id).ladder

    def _get_rules(self, as_of):
        """Return the rules in force with what accelerators make of them on a day.

        :param date as_of: the day that is looked at
        """
        self.ensure_one()
        rules = self._get_cached_rules(self.id)
        factors = self._get_factors(as_of)
        if not factors:
            return rules
        return Rules(rules.version_id, rules.ladder.accelerated(factors))

    def _get_rules_of(self, version, as_of, moment=None):
        """Return the rules of any version with what accelerators made of them.

        :param version: a version of this program
        :param date as_of: the day that is looked at
        :param datetime moment: leave out accelerators planned later than that (UTC)
        """
        self.ensure_one()
        factors = self._get_factors(as_of, moment)
        if version == self.version_id:
            rules = self._get_cached_rules(self.id)
            return Rules(rules.version_id, rules.ladder.accelerated(factors))
        return Rules(version.id, version.sudo()._get_ladder().accelerated(factors))

    def _get_factors(self, as_of, moment=None):
        """Return what thresholds are multiplied with on a day, by tier id."""
        self.ensure_one()
        return {
            tier_id: factor
            for first, last, tier_id, factor, planned in self._get_cached_accelerators(
                self.id
            )
            if first <= as_of <= last and (not moment or planned <= moment)
        }

    def _get_former_rules(self):
        """Return the older versions under which members are promised a tier."""
        self.ensure_one()
        return self._get_cached_former_rules(self.id)

    @tools.ormcache("program_id")
    def _get_cached_rules(self, program_id):
        program = self.sudo().browse(program_id)
        version = program.version_id
        if not version:
            return Rules(0, Ladder(()))
        return Rules(version.id, version._get_ladder())

    @tools.ormcache("program_id")
    def _get_cached_former_rules(self, program_id):
        program = self.sudo().browse(program_id)
        retired = program.version_ids.filtered(lambda one: one.state == "retired")
        if not retired:
            return ()
        today = program.company_id._member_today()
        # days that were missed are caught up, and then promises are older
        earliest = fields.Date.subtract(today, days=DAYS_TO_CATCH_UP)
        rows = self.env.execute_query(
            ladder_versions.versions_promised(self.env, program_id, earliest)
        )
        promised = retired & retired.browse(version_id for (version_id,) in rows)
        # an order that began before the activation may still be under way
        promised |= program.version_id.based_on_id & retired
        return tuple(Rules(one.id, one._get_ladder()) for one in promised.sorted("id"))

    @tools.ormcache("program_id")
    def _get_cached_accelerators(self, program_id):
        """Return first and last day, tier id, factor and birth of accelerators."""
        program = self.sudo().browse(program_id)
        return tuple(
            sorted(
                (
                    *(one.date_from, one.date_to, tier.id),
                    *(one._get_factor(), one.create_date),
                )
                for one in program.accelerator_ids
                for tier in one._get_tiers()
            )
        )
