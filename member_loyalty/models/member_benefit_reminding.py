from functools import partial

from odoo import api, fields, models

from ..queries import benefit_reminder as queries
from ..queries.execution import execute_quietly

SLICE = 500
QUESTIONS = (queries.remind_of_quotas, queries.remind_of_coupons)


class MemberBenefitReminding(models.AbstractModel):
    """Members are told before something ends that they did not use."""

    _name = "member.benefit.reminding"
    _description = "Reminding of Benefits"

    remind_days = fields.Integer(
        string="Remind Days Before",
        tracking=True,
        help="How many days before the period or the coupon ends members are told"
        " once that they have not used it. 0: they are not told.",
    )

    _remind_days_not_negative = models.Constraint(
        "CHECK(remind_days >= 0)",
        "A reminder comes before the end. Enter how many days before, or 0 for none.",
    )

    @api.model
    def _remind_of_ends(self):
        """Tell members what they have not used and what ends soon, each once.

        A day that was missed is made up for, as long as something is left to use.

        :return: False when the time of the scheduled action is up
        """
        benefits = self.sudo().search(
            [("remind_days", ">", 0), ("program_id.active", "=", True)]
        )
        for company in benefits.company_id:
            today = company._member_today()
            for question in QUESTIONS:
                if not self._remind_of(partial(question, self.env, company.id, today)):
                    return False
        return True

    @api.model
    def _remind_of(self, question):
        """Remind members slice by slice, each one committed.

        :param question: what gives the statement for a number of members
        """
        count = SLICE
        while count == SLICE:
            count = self.env["member.batch"]._run_batch(
                partial(self._remind_next, question)
            )
            if count and not self.env["ir.cron"]._commit_progress(count, remaining=1):
                return False
        return True

    @api.model
    def _remind_next(self, question):
        rows = execute_quietly(self.env, question(SLICE))
        reminders = self.env["member.benefit.reminder"].sudo()
        reminders.browse(reminder_id for (reminder_id,) in rows)._tell()
        return len(rows)
