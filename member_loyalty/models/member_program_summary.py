from dateutil.relativedelta import relativedelta

from odoo import models

from ..queries import benefit_month as queries


class MemberProgramSummary(models.AbstractModel):
    """Summing up of a program's benefits."""

    _name = "member.program.summary"
    _description = "Summary of Benefits"

    def _summarise_benefits(self):
        """Write the summaries that can have changed; twice changes nothing.

        :return: the number of rows written
        """
        self.ensure_one()
        today = self.company_id._member_today()
        previous = today.replace(day=1) - relativedelta(months=1)
        self.env.flush_all()
        [(first,)] = self.env.execute_query(
            queries.first_month(self.env, self.id, previous)
        )
        [(count,)] = self.env.execute_query(
            queries.refresh(self.env, self, first or previous, today)
        )
        self.env["member.benefit.month"].invalidate_model()
        return count
