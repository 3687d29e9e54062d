import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.misc import get_lang

from ..logic.workbook import ROW_LIMIT
from ..report.member_workbook import MemberWorkbook

_logger = logging.getLogger(__name__)

BACKGROUND_ABOVE = 50_000
SCREEN_LIMIT = 20_000


class MemberExport(models.TransientModel):
    """An Excel file of members: who is in it, who asked for it, where it is.

    Members are always found with the rights of the user who asked.
    """

    _name = "member.export"
    _description = "Export Members to Excel"
    _inherit = ["member.export.sheet", "member.export.background"]
    _transient_max_hours = 7 * 24

    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        ondelete="cascade",
        default=lambda self: self._default_program_id(),
    )
    chosen_domain = fields.Json(default=lambda self: self._default_chosen_domain())
    tier_ids = fields.Many2many(
        comodel_name="member.tier",
        string="Tiers",
        compute="_compute_tier_ids",
        store=True,
        readonly=False,
        domain="[('program_id', '=', program_id)]",
    )
    country_ids = fields.Many2many(comodel_name="res.country", string="Countries")
    tag_ids = fields.Many2many(comodel_name="member.tag", string="Tags")
    active_since = fields.Date(
        string="Activity since",
        help="Only members with an activity on this day or later.",
    )
    member_count = fields.Integer(string="Members", compute="_compute_member_count")
    is_large = fields.Boolean(compute="_compute_member_count")
    selection_label = fields.Char(
        string="Selection", compute="_compute_selection_label"
    )

    @api.model
    def _default_program_id(self):
        context = self.env.context
        if context.get("active_model") == "member.membership":
            chosen = self.env["member.membership"].browse(context.get("active_ids", []))
            if program := chosen.program_id[:1]:
                return program
        return self.env["member.program"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )

    @api.model
    def _default_chosen_domain(self):
        """Return the members chosen on the screen from which the export is started.

        A screen hands over a limited number of ids. When all members were selected
        and there are more, its search is what counts.
        """
        context = self.env.context
        ids = context.get("active_ids")
        if context.get("active_model") != "member.membership" or not ids:
            return False
        search = context.get("active_domain")
        parameters = self.env["ir.config_parameter"].sudo()
        limit = int(parameters.get_param("web.active_ids_limit", SCREEN_LIMIT))
        if search is not None and len(ids) >= limit:
            return list(Domain(search))
        return [("id", "in", ids), ("active", "in", [True, False])]

    @api.depends("program_id")
    def _compute_tier_ids(self):
        for export in self:
            export.tier_ids = export.tier_ids.filtered(
                lambda tier, program=export.program_id: tier.program_id == program
            )

    @api.depends(
        "program_id",
        "chosen_domain",
        "tier_ids",
        "country_ids",
        "tag_ids",
        "active_since",
    )
    def _compute_member_count(self):
        for export in self:
            export.member_count = export._count_members()
            export.is_large = export.member_count > BACKGROUND_ABOVE

    @api.depends("program_id", "chosen_domain")
    def _compute_selection_label(self):
        for export in self:
            export.selection_label = export._get_selection_label()

    def action_export(self):
        """Download the file, or have it made in the background when it is large.

        :raises AccessError: without the right to export
        :raises UserError: when there is nobody to export, or too many for one file
        """
        self.ensure_one()
        self._check_may_export()
        count = self._count_members()
        self._check_count(count)
        if count > BACKGROUND_ABOVE:
            return self._queue(count)
        return {
            "type": "ir.actions.act_url",
            "url": self._get_download_url(),
            "close": True,
        }

    def _check_may_export(self):
        """Let users pass that may export and see members.

        :raises AccessError: for the others
        """
        if not self.env.user.has_group("base.group_allow_export"):
            raise AccessError(
                self.env._(
                    "You may not export. An administrator can give you the right in"
                    " your user settings, under Export."
                )
            )
        self.env["member.membership"].check_access("read")

    def _check_count(self, count):
        """Let a number of members pass that fits into one file.

        :raises UserError: for none and for too many
        """
        if not count:
            raise UserError(
                self.env._("No member matches. Choose other members, or filter less.")
            )
        if count >= ROW_LIMIT:
            raise UserError(
                self.env._(
                    "%(count)s members do not fit into one Excel sheet, which has"
                    " %(limit)s rows. Choose a country or a tier.",
                    count=count,
                    limit=ROW_LIMIT,
                )
            )

    def _as_reader(self):
        """Return the export in the language and with the companies of its user."""
        user = self.env.user
        company = self.sudo().program_id.company_id
        return self.with_context(
            lang=user.lang,
            tz=user.tz,
            allowed_company_ids=(company | user.company_ids).ids,
        )

    def _count_members(self):
        """Return how many members the file will have."""
        self.ensure_one()
        if not self.program_id:
            return 0
        export = self._as_reader()
        return export.env["member.membership"].search_count(export._get_domain())

    def _get_domain(self):
        """Return whom to export: what is on screen, or the filters of the form.

        The condition on the contact leaves out contacts that the user may not see.
        """
        self.ensure_one()
        domain = Domain("program_id", "=", self.program_id._origin.id)
        domain &= Domain("partner_id", "any", Domain.TRUE)
        if self.chosen_domain:
            return domain & Domain(self.chosen_domain)
        if self.tier_ids:
            domain &= Domain("tier_id", "in", self.tier_ids.ids)
        if self.country_ids:
            domain &= Domain("partner_id.country_id", "in", self.country_ids.ids)
        if self.tag_ids:
            domain &= Domain("partner_id.member_tag_ids", "in", self.tag_ids.ids)
        if self.active_since:
            domain &= Domain("partner_id", "in", self._find_active_partners())
        return domain

    def _find_active_partners(self):
        """Return the query of the members with an activity since the chosen day."""
        activities = self.env["member.activity"]._search(
            [
                ("company_id", "=", self.program_id.company_id.id),
                ("date", ">=", self.active_since),
            ]
        )
        return activities.subselect(self.program_id._get_partner_column())

    def _get_selection_label(self):
        """Return in words whom the export is about."""
        self.ensure_one()
        if self.chosen_domain:
            return self._get_chosen_label()
        parts = []
        if self.tier_ids:
            names = ", ".join(self.tier_ids.mapped("name"))
            parts.append(self.env._("Tier: %(names)s", names=names))
        if self.country_ids:
            names = ", ".join(self.country_ids.mapped("name"))
            parts.append(self.env._("Country: %(names)s", names=names))
        if self.tag_ids:
            names = ", ".join(self.tag_ids.mapped("name"))
            parts.append(self.env._("Tag: %(names)s", names=names))
        if self.active_since:
            day = fields.Date.to_string(self.active_since)
            parts.append(self.env._("Activity since %(day)s", day=day))
        return "; ".join(parts) or self.env._("All members")

    def _get_chosen_label(self):
        """Return in words which of the members on screen the export is about."""
        count = self._count_members()
        reader = self._as_reader()
        chosen = reader.env["member.membership"].search_count(
            Domain(self.chosen_domain)
        )
        if count == chosen:
            return self.env._("Members chosen on screen: %(count)s", count=count)
        return self.env._(
            "Members chosen on screen: %(count)s of %(chosen)s; the others are in"
            " another program, or not yours to see",
            count=count,
            chosen=chosen,
        )

    def _write_workbook(self, file):
        """Write the Excel file, and note who took it out.

        :param file: a path, or a file that is open for writing in binary
        :return: how many members it has
        """
        self.ensure_one()
        self._check_may_export()
        export = self._as_reader()
        program = export.program_id
        program.check_access("read")
        as_of = program.company_id._member_today()
        memberships = export.env["member.membership"].search(
            export._get_domain(), order="partner_id, id"
        )
        self._check_count(len(memberships))
        with MemberWorkbook(
            file,
            decimal_places=program.currency_id.decimal_places,
            right_to_left=get_lang(export.env).direction == "rtl",
        ) as workbook:
            count = workbook.add_table(
                export.env._("Members"),
                export._get_columns(),
                export._get_rows(memberships, as_of),
            )
            workbook.add_facts(export.env._("About"), export._get_facts(as_of, count))
        export._log_export(count)
        return count

    def _log_export(self, count):
        """Note who took how many members out, and which: in the program and the log."""
        selection = self._get_selection_label()
        _logger.info(
            "User %s (%s) exported %s members of program %s to Excel: %s",
            self.env.uid,
            self.env.user.login,
            count,
            self.program_id.id,
            selection,
        )
        self.program_id.sudo().message_post(
            author_id=self.env.user.partner_id.id,
            body=self.env._(
                "Members exported to Excel: %(count)s. %(selection)s.",
                count=count,
                selection=selection,
            ),
            subtype_xmlid="mail.mt_note",
        )
