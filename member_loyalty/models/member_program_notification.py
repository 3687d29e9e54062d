from odoo import api, fields, models, tools

# kinds that a program switches on by itself: the mails were there before the service
OWN_SWITCHES = {"tier_warning": "warn_by_mail"}
OWN_SWITCHES |= {
    f"appeal_{step}": "appeal_mail"
    for step in ("submitted", "granted", "refused", "kept", "missed")
}
ALWAYS_MAILED = frozenset({"points_expiring"})  # where the program warns at all


class MemberProgramNotification(models.AbstractModel):
    """Whether a program tells its members what happens to them."""

    _name = "member.program.notification"
    _description = "Messages of a Program"

    notify_members = fields.Boolean(
        string="Tell Members",
        copy=False,
        tracking=True,
        help="From now on members are told, each once and in their own language, when"
        " they join, rise or fall, and of their points and benefits. Nothing from"
        " before is told. Warnings and answers to appeals have switches of their own"
        " for their mails.",
    )
    notify_summary = fields.Char(
        string="What They Are Told", compute="_compute_notify_summary"
    )

    @api.depends_context("lang")
    def _compute_notify_summary(self):
        kinds = self.env["member.notification.kind"].sudo()
        kinds = kinds.search([("active", "=", True)])
        summary = self.env._(
            "%(told)s kinds of messages are on: %(mailed)s go by mail, %(shown)s are"
            " on the website.",
            told=len(kinds),
            mailed=len(kinds.filtered("by_mail")),
            shown=len(kinds.filtered("on_site")),
        )
        for program in self:
            program.notify_summary = summary

    def _follows_moves(self):
        """Override of `member.program.benefits`: members are told of their moves."""
        return self._tells_members() or super()._follows_moves()

    def _tells_members(self):
        """Tell whether members are told, without asking the database again."""
        self.ensure_one()
        return self._get_cached_notify_members(self._origin.id)

    @api.model
    @tools.ormcache("program_id")
    def _get_cached_notify_members(self, program_id):
        return self.sudo().browse(program_id).notify_members

    @api.model
    @tools.ormcache()
    def _get_telling_program_ids(self):
        """Return the ids of the programs that tell their members."""
        programs = self.sudo().with_context(active_test=True)
        return tuple(programs.search([("notify_members", "=", True)]).ids)

    def _tells(self, code, channel):
        """Tell whether a kind of message takes a way in this program.

        Seam: a module with a switch of its own for a way extends it.
        """
        self.ensure_one()
        program = self.sudo()
        if channel == "mail" and code in OWN_SWITCHES:
            return bool(program[OWN_SWITCHES[code]])
        if channel == "mail" and code in ALWAYS_MAILED:
            return True
        return self._tells_members()

    def _get_member_page(self):
        """Return where members see their membership.

        Seam: the module that has such a page says so.
        """
        return "/my"
