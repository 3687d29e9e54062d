from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic.member_profile import OF_COMPANIES, missing_from_profile
from ..logic.point_events import Event


class MemberProfileCarrier(models.AbstractModel):
    """What members tell about themselves, and what they earn by it."""

    _name = "member.profile.carrier"
    _description = "Contact with a Profile"

    member_birthday = fields.Date(
        string="Birthday",
        copy=False,
        groups="member_loyalty.member_loyalty_group_user",
        help="Members can be given points for it, see the earning rules.",
    )

    @api.constrains("member_birthday")
    def _check_member_birthday(self):
        today = self.env.company._member_today()
        for contact in self.sudo():
            if contact.member_birthday and contact.member_birthday > today:
                raise ValidationError(
                    self.env._(
                        "%(contact)s cannot have been born on %(day)s: that is still to"
                        " come. Enter the day of birth.",
                        contact=contact.display_name,
                        day=fields.Date.to_string(contact.member_birthday),
                    )
                )

    def write(self, vals):
        """Give members points whose profiles are complete with this."""
        result = super().write(vals)
        if not vals.keys().isdisjoint(OF_COMPANIES):
            self._reward_profiles()
        return result

    def _reward_profiles(self, programs=None):
        """Give points for profiles that are complete, where programs have it so.

        :param programs: where they count; all programs unless given
        """
        Rule = self.env["member.earning.rule"]
        if programs is None:
            programs = self.env["member.program"]._get_programs_rewarding("profile")
        if not programs:
            return
        events = [
            Event(contact.id, str(contact.id))
            for contact in self.sudo()
            if contact._is_member_profile_complete()
        ]
        for program in programs:
            Rule._record_events("profile", events, programs=program)

    def _is_member_profile_complete(self):
        """Tell whether everything is filled in that a profile asks for."""
        self.ensure_one()
        return not self._get_missing_from_profile()

    def _get_missing_from_profile(self):
        """Return the names of the fields that the profile still asks for.

        Seam: a module that asks for more extends it, and has ``write`` look at it.

        :rtype: tuple[str]
        """
        self.ensure_one()
        profile = {name: self[name] for name in OF_COMPANIES}
        profile["country_id"] = self.country_id.id
        return missing_from_profile(profile, self.is_company)
