from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

PRIORITIES = [
    ("0", "Normal"),
    ("1", "First"),
    ("2", "Very first"),
    ("3", "Before all others"),
]


class MemberBenefitPriority(models.AbstractModel):
    """How soon members are answered who are promised to be answered first."""

    _name = "member.benefit.priority"
    _description = "Priority by a Benefit"

    priority_level = fields.Selection(
        selection=PRIORITIES,
        string="Stars",
        help="New leads of these members get at least so many stars, and activities on"
        " their contacts, leads and orders show them.",
    )

    @api.constrains("kind", "priority_level")
    def _check_priority_level(self):
        for benefit in self:
            if benefit.kind == "priority" and int(benefit.priority_level or 0) < 1:
                raise ValidationError(
                    self.env._(
                        "With %(benefit)s nobody would be answered sooner. Choose one"
                        " to three stars.",
                        benefit=benefit.name,
                    )
                )

    @api.model
    @tools.ormcache()
    def _is_priority_granted(self):
        """Tell whether any company answers anybody first, without asking again."""
        benefits = self.sudo().with_context(active_test=True)
        return bool(benefits.search_count([("kind", "=", "priority")], limit=1))

    @api.model
    def _find_priorities(self, records, name):
        """Return who of the customers of some records is answered first, and why.

        :param records: documents of any one model
        :param str name: the field of the customer; "id" for contacts themselves
        :return: {record id: (membership, benefit)}, of those who are, with the
            benefit that gives the most stars
        """
        found = {}
        if not self._is_priority_granted():
            return found
        of_company = {}
        for record in records.sudo():
            company = "company_id" in record and record.company_id
            of_company.setdefault(company or self.env.company, []).append(record)
        for company, many in of_company.items():
            if not self._is_kind_granted(company, "priority"):
                continue
            partners = {
                record.id: record if name == "id" else record[name] for record in many
            }
            customers = self.env["res.partner"].union(*partners.values())
            granted = self._find_granted(
                customers, company, company._member_today(), "priority"
            )
            for record_id, partner in partners.items():
                if held := granted.get(partner.id):
                    found[record_id] = max(held, key=lambda one: one[1].priority_level)
        return found
