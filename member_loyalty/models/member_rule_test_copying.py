from odoo import fields, models
from odoo.exceptions import UserError

COPIED_ACTIVITIES = 500


class MemberRuleTestCopying(models.AbstractModel):
    """A rule test that begins with what a real member did."""

    _name = "member.rule.test.copying"
    _description = "Copy of a Member"

    membership_id = fields.Many2one(
        comodel_name="member.membership",
        string="Like the Member",
        domain="[('program_id', '=', program_id)]",
        copy=False,
        ondelete="set null",
        help="Fills the facts from the journal of this member, as of today.",
    )

    def action_copy_facts(self):
        """Replace the facts by those of the chosen member.

        :raises UserError: when no member is chosen, or there are too many facts
        """
        self.ensure_one()
        self.check_access("write")
        if not self.membership_id:
            raise UserError(
                self.env._(
                    "Choose a member under “Like the Member” first; the facts are then"
                    " copied from the member's activities."
                )
            )
        activities = self._find_activities()
        day = self._get_day()
        self.fact_ids.unlink()
        self.write(
            {
                **self._prepare_traits(day),
                "fact_ids": [
                    fields.Command.create(values)
                    for activity in activities
                    for values in self._prepare_facts(activity, day)
                ],
            }
        )
        return True

    def _find_activities(self):
        """Return what the chosen member did until the day of the test."""
        column = self.program_id._get_partner_column()
        activities = self.env["member.activity"].search(
            [
                (column, "=", self.membership_id.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("date", "<=", self._get_day()),
            ],
            limit=COPIED_ACTIVITIES + 1,
        )
        if len(activities) > COPIED_ACTIVITIES:
            raise UserError(
                self.env._(
                    "%(member)s has more than %(limit)s activities. Choose a member"
                    " with fewer: a test should be read at a glance.",
                    member=self.membership_id.display_name,
                    limit=COPIED_ACTIVITIES,
                )
            )
        return activities

    def _prepare_traits(self, day):
        """Return what is asked of the member beside the activities."""
        member = self.membership_id
        joined_on = member.joined_on or day
        months = (day.year - joined_on.year) * 12 + day.month - joined_on.month
        return {
            "tag_ids": [fields.Command.set(member.partner_id.member_tag_ids.ids)],
            "country_id": member.partner_id.country_id.id,
            "joined_months": max(months - (joined_on.day > day.day), 0),
            "tier_before_id": member.tier_id.id,
        }

    def _prepare_facts(self, activity, day):
        """Return the values of the facts that say what an activity says.

        One for each product category; the order is counted with the first.
        """
        shared = {
            "days_before": (day - activity.date).days,
            "kind": activity.kind,
            "document": activity.source_key,
            "country_id": activity.country_id.id,
            "team_id": activity.team_id.id,
        }
        if not activity.line_ids:
            units = activity.quantity
            parts = [{"amount": activity.amount, "quantity": units}]
        else:
            parts = [
                {
                    "amount": line.amount,
                    "quantity": line.quantity,
                    "category_id": line.category_id.id,
                }
                for line in activity.line_ids
            ]
        return [
            {**shared, **part, "order_count": 0 if number else activity.order_count}
            for number, part in enumerate(parts)
        ]
