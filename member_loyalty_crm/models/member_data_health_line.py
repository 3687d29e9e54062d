from odoo import api, fields, models
from odoo.exceptions import AccessError

from .member_program_health import CHECKS

OFFICER = "member_loyalty.member_loyalty_group_officer"


class MemberDataHealthLine(models.Model):
    """One figure of a report: how many are wrong, and what it was last time."""

    _name = "member.data.health.line"
    _description = "Figure of a Data Health Report"
    _order = "taken_on desc, sequence, id"
    _rec_name = "code"

    health_id = fields.Many2one(
        comodel_name="member.data.health",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    program_id = fields.Many2one(
        related="health_id.program_id", store=True, precompute=True
    )
    company_id = fields.Many2one(
        related="health_id.company_id", store=True, precompute=True
    )
    taken_on = fields.Date(
        string="Day", related="health_id.taken_on", store=True, precompute=True
    )
    sequence = fields.Integer(readonly=True)
    code = fields.Selection(
        selection=CHECKS, string="What Is Counted", required=True, readonly=True
    )
    count = fields.Integer(readonly=True)
    total = fields.Integer(string="Of", readonly=True)
    share = fields.Float(compute="_compute_share", store=True, aggregator="avg")
    change = fields.Integer(
        string="Since Last Report", compute="_compute_change", aggregator=None
    )
    can_tag = fields.Boolean(compute="_compute_can_tag")

    @api.depends("count", "total")
    def _compute_share(self):
        for line in self:
            line.share = line.count / line.total if line.total else 0

    @api.depends("count", "code")
    def _compute_change(self):
        for line in self:
            before = self.search(
                [
                    ("program_id", "=", line.program_id.id),
                    ("code", "=", line.code),
                    ("taken_on", "<", line.taken_on),
                ],
                limit=1,
            )
            line.change = line.count - before.count if before else 0

    @api.depends("code")
    def _compute_can_tag(self):
        for line in self:
            check = line._get_check()
            model = check and check.model
            line.can_tag = model in ("res.partner", "member.membership")

    def _get_check(self):
        """Return what this line counts, as it would be counted now."""
        return self.program_id.sudo()._get_health_checks().get(self.code)

    def action_open(self):
        """Open what is behind the figure, as it is now and as far as one may see it."""
        self.ensure_one()
        self.check_access("read")
        check = self._get_check()
        names = dict(self._fields["code"]._description_selection(self.env))
        return {
            "type": "ir.actions.act_window",
            "name": names[self.code],
            "res_model": check.model,
            "view_mode": "list,form",
            "domain": check.wrong,
        }

    def action_tag(self):
        """Ask which tag the contacts behind the figure get.

        :raises AccessError: for others than officers
        """
        self.ensure_one()
        self._check_may_tag()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Tag These"),
            "res_model": "member.data.health.tagging",
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_id": self.id},
        }

    def _check_may_tag(self):
        """Let officers pass.

        :raises AccessError: for everybody else
        """
        self.check_access("read")
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only membership officers tag members."))

    def _find_contacts(self):
        """Find the contacts behind the figure that the user may see."""
        self.ensure_one()
        check = self._get_check()
        if not self.can_tag:
            return self.env["res.partner"]
        found = self.env[check.model].search(check.wrong)
        if check.model == "res.partner":
            return found
        members = found.sudo().partner_id.with_env(self.env)
        return members._filtered_access("read")
