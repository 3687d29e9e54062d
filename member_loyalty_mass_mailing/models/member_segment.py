from odoo import fields, models
from odoo.exceptions import UserError


class MemberSegment(models.Model):
    _name = "member.segment"
    _inherit = ["member.segment"]

    mailing_count = fields.Integer(
        string="Mailings",
        compute="_compute_mailing_count",
        compute_sudo=True,
        groups="mass_mailing.group_mass_mailing_user",
    )

    def _compute_mailing_count(self):
        counts = dict(
            self.env["mailing.mailing"]._read_group(
                [("member_segment_id", "in", self.ids)],
                ["member_segment_id"],
                ["__count"],
            )
        )
        for segment in self:
            segment.mailing_count = counts.get(segment._origin, 0)

    def action_mail(self):
        """Start a mailing to the members that the segment has when it is sent.

        :raises AccessError: for those who may not make mailings, or see the segment
        :raises UserError: when the segment is archived
        """
        self.ensure_one()
        self.check_access("read")
        self.env["mailing.mailing"].check_access("create")
        if not self.active:
            raise UserError(
                self.env._(
                    "The segment %(segment)s is archived, so nobody would get the"
                    " mailing. Unarchive it first.",
                    segment=self.name,
                )
            )
        favourite = self._get_mailing_filter()
        mailing = self.env["mailing.mailing"].create(
            {
                "subject": self.name,
                "mailing_type": "mail",
                "mailing_model_id": favourite.mailing_model_id.id,
                "mailing_domain": favourite.mailing_domain,
                "mailing_filter_id": favourite.id,
                "user_id": self.env.uid,
                "member_segment_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "mailing.mailing",
            "res_id": mailing.id,
            "views": [(False, "form")],
        }

    def _get_mailing_filter(self):
        """Return the mailings' favourite filter for this segment; make it once."""
        self.ensure_one()
        domain = repr([("member_segment_id", "in", self.ids)])
        filters = self.env["mailing.filter"]
        model = self.env["ir.model"]._get("res.partner")
        found = filters.search(
            [("mailing_domain", "=", domain), ("mailing_model_id", "=", model.id)],
            limit=1,
        )
        return found or filters.create(
            {
                "name": self.env._("Segment: %(segment)s", segment=self.name),
                "mailing_domain": domain,
                "mailing_model_id": model.id,
            }
        )

    def action_open_mailings(self):
        """Open the mailings that were started from this segment."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mass_mailing.mailing_mailing_action_mail"
        )
        return {
            **action,
            "domain": [("member_segment_id", "=", self.id)],
            "context": {},
        }
