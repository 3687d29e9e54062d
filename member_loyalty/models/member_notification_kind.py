from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

LIGHT_LAYOUT = "mail.mail_notification_light"


class MemberNotificationKind(models.Model):
    """A kind of message to members: its words, and the ways it takes."""

    _name = "member.notification.kind"
    _description = "Kind of Message"
    _inherit = ["member.notification.names"]
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    code = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    title = fields.Char(
        required=True, translate=True, help="The subject of the mail as well."
    )
    body = fields.Text(
        string="Text",
        translate=True,
        help="What it names in braces is filled in. A paragraph that names something"
        " empty is left out.",
    )
    button_label = fields.Char(
        string="Button", translate=True, help="What the button in the mail says."
    )
    is_marketing = fields.Boolean(
        string="Marketing",
        help="Not told to members who want no marketing messages, nor mailed to"
        " addresses on Odoo's blacklist.",
    )
    by_mail = fields.Boolean(default=True)
    on_site = fields.Boolean(
        string="On the Website",
        default=True,
        help="Members read it on the page of their membership.",
    )
    keep_days = fields.Integer(
        string="Keep for",
        default=90,
        help="Days that the message stays on the website. 0: for ever.",
    )
    mail_template_id = fields.Many2one(
        comodel_name="mail.template",
        ondelete="set null",
        help="Instead of the words above, the mail is written by this template.",
    )
    mail_layout = fields.Char(
        default=LIGHT_LAYOUT, help="The frame around the mail; empty for none."
    )
    names_help = fields.Text(string="It Can Name", compute="_compute_names_help")
    message_count = fields.Integer(string="Messages", compute="_compute_message_count")

    _one_per_code = models.UniqueIndex("(code)", "This kind of message exists already.")
    _keep_days_not_negative = models.Constraint(
        "CHECK(keep_days >= 0)",
        "A message stays on the website for some days, or for ever: enter 0 or more.",
    )

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_names_help(self):
        meanings = self._get_meanings()
        for kind in self:
            kind.names_help = "\n".join(
                f"{{{name}}}: {meanings.get(name, name)}"
                for name in self._get_names(kind.code or "")
            )

    def _compute_message_count(self):
        counts = dict(
            self.env["member.notification"]._read_group(
                [("kind_id", "in", self.ids)], ["kind_id"], ["__count"]
            )
        )
        for kind in self:
            kind.message_count = counts.get(kind, 0)

    @api.constrains("title", "body", "code")
    def _check_names(self):
        for kind in self:
            known = self._get_names(kind.code)
            self._check_known(kind.name, known, kind.title, kind.body)

    @api.constrains("mail_template_id", "code")
    def _check_mail_template(self):
        for kind in self.filtered("mail_template_id"):
            allowed = self._get_models(kind.code)
            template = kind.mail_template_id.sudo()
            if template.model not in allowed:
                labels = self.env["ir.model"].sudo().search([("model", "in", allowed)])
                raise ValidationError(
                    self.env._(
                        "“%(template)s” is a template for other records. The mails of"
                        " “%(kind)s” are written by templates for: %(models)s.",
                        template=template.name,
                        kind=kind.name,
                        models=", ".join(labels.mapped("name")),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        kinds = super().create(vals_list)
        self.env.registry.clear_cache()
        return kinds

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise ValidationError(
            self.env._(
                "A kind of message cannot be deleted, for the membership tells it."
                " Archive it: then nobody is told any more."
            )
        )

    def action_open_messages(self):
        """Open the messages of this kind."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_notification_action"
        )
        action["domain"] = [("kind_id", "=", self.id)]
        action["context"] = {}
        return action

    @api.model
    def _get_kind(self, code):
        """Return the kind with a code, when it is told at all; else none."""
        return self.sudo().browse(self._get_active_ids().get(code))

    @api.model
    @tools.ormcache()
    def _get_active_ids(self):
        """Return the ids of the kinds that are told, by code."""
        kinds = self.sudo().search([("active", "=", True)])
        return {kind.code: kind.id for kind in kinds}

    def _takes(self, channel):
        """Tell whether messages of this kind take a way.

        Seam: a module that adds a way says for which kinds.
        """
        self.ensure_one()
        return bool({"on_site": self.on_site, "mail": self.by_mail}.get(channel, True))
