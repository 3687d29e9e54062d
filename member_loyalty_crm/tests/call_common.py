from datetime import date, timedelta
from itertools import count

from odoo import Command

from odoo.addons.member_loyalty.tests.benefit_common import BenefitCommon

NUMBERS = count(1)
TODAY = date(2026, 3, 15)


class CallCommon(BenefitCommon):
    """A club whose signals become calls: Sam looks after Ada, Pia is the pool.

    Nobody is left alone unless a test says so.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sam = cls._create_user("sam", "sales_team.group_sale_salesman")
        cls.pia = cls._create_user("pia", "sales_team.group_sale_salesman")
        cls.program.write(
            {
                "calls_enabled": True,
                "call_user_ids": [Command.set(cls.pia.ids)],
                "call_holdout_percent": 0,
            }
        )
        cls.ada = cls._create_member(user_id=cls.sam.id)
        cls.bob = cls._create_member("Bob")

    @classmethod
    def _find_signal(cls, customer, kind="silent", weight=50, on=TODAY, **values):
        """Make a signal, as the rules of the night do."""
        membership = customer.member_membership_ids.filtered(
            lambda one: one.program_id == cls.program
        )
        return (
            cls.env["member.signal"]
            .sudo()
            .create(
                {
                    "program_id": cls.program.id,
                    "company_id": cls.program.company_id.id,
                    "membership_id": membership.id,
                    "partner_id": customer.id,
                    "kind": kind,
                    "cause": f"{kind},{customer.id},{next(NUMBERS)}",
                    "found_on": on,
                    "weight": weight,
                    **values,
                }
            )
        )

    @classmethod
    def _score(cls, customer, value):
        membership = customer.member_membership_ids
        return (
            cls.env["member.score"]
            .sudo()
            .create(
                {
                    "membership_id": membership.id,
                    "company_id": membership.company_id.id,
                    "partner_id": customer.id,
                    "value_score": value,
                }
            )
        )

    def _refresh(self, days=0):
        """Do what the night does, so many days after today."""
        self.program.sudo()._refresh_calls(TODAY + timedelta(days=days))
        self.env.invalidate_all()

    def _get_calls(self, *customers):
        """Return all calls of customers, in the order in which they were made."""
        ids = [customer.id for customer in customers]
        domain = [("partner_id", "in", ids)] if ids else []
        domain.append(("program_id", "=", self.program.id))
        return self.env["member.call"].sudo().search(domain, order="id")

    def _call(self, customer, **values):
        """Find a signal of a customer and hand the call out."""
        self._find_signal(customer, **values)
        self._refresh()
        return self._get_calls(customer)[-1]

    def _leave_alone(self, percent=50):
        self.program.call_holdout_percent = percent
