from odoo import api, fields, models
from odoo.exceptions import UserError


class MemberLadderVersionActivation(models.AbstractModel):
    """How a draft of the rules comes into force."""

    _name = "member.ladder.version.activation"
    _description = "Activation of a Rule Version"

    def _activate(self):
        """Put this draft in force from today; the version before it ends yesterday.

        Nobody moves yet: the caller evaluates the program.

        :raises UserError: when it is no draft, or another version came between
        """
        self.ensure_one()
        self._check_may_activate()
        self._check_flaws()
        program = self.program_id.sudo()
        today = program.company_id._member_today()
        former = program.version_id
        former._keep_ladder()
        former.write({"state": "retired", **self._prepare_last_day(former, today)})
        former.flush_recordset()
        self.sudo().write(
            {
                "state": "in_force",
                "valid_from": today,
                "activated_by_id": self.env.uid,
                "activated_at": fields.Datetime.now(),
            }
        )
        self.sudo()._keep_ladder()
        program.version_id = self
        self.env.registry.clear_cache()

    @api.model
    def _prepare_last_day(self, former, today):
        """Return the days of a version that ends; one that began today had none."""
        if former.valid_from and former.valid_from >= today:
            return {"valid_from": False, "valid_until": False}
        return {"valid_until": fields.Date.subtract(today, days=1)}

    def _check_may_activate(self):
        """Let a draft pass that was made from what is in force now.

        :raises UserError: for anything else
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(
                self.env._(
                    "%(version)s is no draft. Press “Change Rules” in the program to"
                    " make one.",
                    version=self.display_name,
                )
            )
        if self.based_on_id != self.program_id.version_id:
            raise UserError(
                self.env._(
                    "Since %(draft)s was made, other rules came into force; the two"
                    " would overlap. Make a new draft from the rules in force.",
                    draft=self.display_name,
                )
            )

    def _check_may_archive(self):
        """Let drafts pass; members are promised tiers under past versions.

        :raises UserError: for all others
        """
        for version in self:
            if version.state != "draft":
                raise UserError(
                    self.env._(
                        "%(version)s is or was in force and stays in sight. Only drafts"
                        " can be archived.",
                        version=version.display_name,
                    )
                )
