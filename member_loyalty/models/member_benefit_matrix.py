from odoo import api, models
from odoo.exceptions import UserError


class MemberBenefitMatrix(models.AbstractModel):
    """Benefits by tier on one screen, to see and to tick."""

    _name = "member.benefit.matrix"
    _description = "Benefits by Tier"

    @api.model
    @api.readonly
    def get_matrix(self, program_id=None):
        """Return the benefits of a program by family, and the tiers that have them.

        :param int program_id: one of the companies that the user works in; the first
            one unless given
        :return: dict of plain values for the screen
        :raises AccessError: for users who may not read benefits or this program
        """
        self.env["member.benefit"].check_access("read")
        programs = self.env["member.program"].search(
            [("company_id", "in", self.env.companies.ids)]
        )
        program = self._get_matrix_program(programs, program_id)
        return {
            "programs": [{"id": one.id, "name": one.name} for one in programs],
            "program_id": program.id,
            "may_change": self.env["member.benefit"].has_access("write"),
            "tiers": [self._get_matrix_tier(tier) for tier in program._get_tiers()],
            "families": self._get_matrix_families(program),
        }

    @api.model
    def _get_matrix_program(self, programs, program_id):
        """Return the program to show: the one asked for, if the user sees it."""
        if program_id:
            program = self.env["member.program"].browse(int(program_id))
            program.check_access("read")
            return program
        own = programs.filtered(lambda one: one.company_id == self.env.company)
        return own[:1] or programs[:1]

    @api.model
    def _get_matrix_tier(self, tier):
        """Return a column."""
        return {
            "id": tier.id,
            "name": tier.name,
            "color": tier.color,
            "members": tier.membership_count,
        }

    @api.model
    def _get_matrix_families(self, program):
        """Return the rows, in their families; families without benefits are no rows."""
        Benefit = self.env["member.benefit"]
        labels = {
            name: dict(Benefit._fields[name]._description_selection(self.env))
            for name in ("family", "kind", "quota_period")
        }
        benefits = Benefit.search([("program_id", "=", program.id)])
        groups = benefits.grouped("family")
        return [
            {
                "name": family,
                "label": label,
                "benefits": [
                    benefit._get_matrix_row(labels) for benefit in groups[family]
                ],
            }
            for family, label in labels["family"].items()
            if family in groups
        ]

    def _get_matrix_row(self, labels):
        """Return a row: the benefit, and who has it."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "icon": self.icon or "fa-star",
            "kind": labels["kind"][self.kind],
            "terms": ", ".join(self._get_term_words(labels["quota_period"])),
            "is_for_all": not self.tier_ids and not self.tag_ids,
            "tags": self.tag_ids.mapped("name"),
            "tier_ids": self.tier_ids.ids,
        }

    def _get_term_words(self, periods=None):
        """Return how often, for which products and when, each in a few words."""
        self.ensure_one()
        periods = periods or dict(
            self._fields["quota_period"]._description_selection(self.env)
        )
        words = []
        if self.quota:
            words.append(
                self.env._(
                    "%(quota)s × %(period)s",
                    quota=self.quota,
                    period=periods[self.quota_period],
                )
            )
        words += self.category_ids.mapped("display_name")
        if self.date_from:
            words.append(self.env._("from %(day)s", day=self._format_day("date_from")))
        if self.date_to:
            words.append(self.env._("until %(day)s", day=self._format_day("date_to")))
        return words

    def _format_day(self, name):
        """Return a day as the user writes it."""
        return self.env["ir.qweb.field.date"].value_to_html(self[name], {})

    def set_granted(self, tier_id, is_granted):
        """Grant this benefit to a tier, or take it away; twice changes nothing.

        :param int tier_id: a tier of the benefit's program
        :return: ids of the tiers that have the benefit now
        :raises AccessError: for anyone but managers
        :raises UserError: when nobody, or everybody, would have it afterwards
        """
        self.ensure_one()
        self.check_access("write")
        tier = self.env["member.tier"].browse(int(tier_id)).exists()
        tier.check_access("read")
        tiers = self.tier_ids | tier if is_granted else self.tier_ids - tier
        if not is_granted and self.tier_ids and not tiers and not self.tag_ids:
            self._refuse_last_tier(tier)
        self.tier_ids = tiers
        return self.tier_ids.ids

    def _refuse_last_tier(self, tier):
        """Say that somebody has to have a benefit.

        :raises UserError: always
        """
        raise UserError(
            self.env._(
                "%(tier)s is the last tier that has %(benefit)s. Grant it to another"
                " tier first, or open it and archive it.",
                tier=tier.name,
                benefit=self.name,
            )
        )
