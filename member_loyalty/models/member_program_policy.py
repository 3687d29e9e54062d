from typing import NamedTuple

from odoo import api, models, tools
from odoo.exceptions import UserError

from ..logic.tier_qualification import FallPolicy
from ..logic.tier_term import Term
from ..queries.metrics import EVERYBODY, Measuring


class Policy(NamedTuple):
    """What an order has to know of a program."""

    company_id: int
    member_level: str
    enroll_on_order: bool
    automatic: bool
    term: Term
    fall_policy: FallPolicy


class MemberProgramPolicy(models.AbstractModel):
    """What a program says, kept in memory: no order has to ask the database for it."""

    _name = "member.program.policy"
    _description = "Policy of a Program"

    @api.model
    @tools.ormcache("company_id")
    def _get_program_ids(self, company_id):
        """Return the ids of a company's active programs, the first one first."""
        programs = self.sudo().with_context(active_test=True)
        return tuple(programs.search([("company_id", "=", company_id)]).ids)

    @api.model
    def _get_company_programs(self, company):
        """Return a company's active programs, without asking the database again."""
        return self.sudo().browse(self._get_program_ids(company.id))

    @api.model
    def _get_first_program(self, company):
        """Return the company's first program.

        :raises UserError: when there is none
        """
        program = self._get_company_programs(company)[:1]
        if not program:
            raise UserError(
                self.env._(
                    "%(company)s has no membership program. A manager can make one"
                    " under Membership, Configuration.",
                    company=company.sudo().name,
                )
            )
        return program

    def _get_policy(self):
        """Return what an order has to know of the program."""
        self.ensure_one()
        return self._get_cached_policy(self._origin.id)

    @api.model
    @tools.ormcache("program_id")
    def _get_cached_policy(self, program_id):
        program = self.sudo().browse(program_id)
        return Policy(
            program.company_id.id,
            program.member_level,
            program.enroll_on_order,
            program.automatic,
            program._prepare_term(),
            program._prepare_fall_policy(),
        )

    def _get_company(self):
        """Return the program's company."""
        return self.env["res.company"].browse(self._get_policy().company_id)

    def _get_term(self):
        """Return how long a tier is promised, as the pure :class:`Term`."""
        return self._get_policy().term

    def _get_measuring(self, as_of, scope=EVERYBODY):
        """Return whom to measure as of a day, as ``Measuring``."""
        return Measuring(
            self.id, self._get_company().id, self._get_partner_column(), as_of, scope
        )

    def _get_partner_column(self):
        """Return the journal's column that names the member of this program."""
        if self._get_policy().member_level == "contact":
            return "partner_id"
        return "commercial_partner_id"

    def _get_member_partners(self, partners):
        """Return who becomes or is the member when one of ``partners`` acts."""
        if self._get_policy().member_level == "contact":
            return partners
        return partners.commercial_partner_id
