from functools import partial

from odoo import api, models
from odoo.exceptions import UserError

from ..queries import enrolment, member_figures, purchase_history
from ..queries.execution import execute_quietly


class MemberProgramMembers(models.AbstractModel):
    """Who belongs to a program, and what its members bought."""

    _name = "member.program.members"
    _description = "Members of a Program"

    def _enroll_partners(self, partners, joined_by, joined_on=None):
        """Make members of ``partners`` in the lowest tier, whoever is none yet.

        :param partners: contacts; the program says whether they or their companies
            become members
        :param str joined_by: "signup", "order", "import" or "hand"
        :param date joined_on: unless given, the day of the first activity of those
            who join by order or import, today for the others
        :return: the memberships that are new or came back
        """
        members = self._get_member_partners(partners)
        return self._enroll_members(members.ids, joined_by, joined_on)

    def _enroll_members(self, partner_ids, joined_by, joined_on=None):
        """Enrol partners who are members by themselves, given by their ids."""
        tiers = self._get_ladder().tiers
        if not tiers or not partner_ids:
            return self.env["member.membership"]
        rows = execute_quietly(
            self.env,
            enrolment.enrol(
                self.env,
                enrolment.Enrolment(
                    program_id=self.id,
                    company_id=self._get_company().id,
                    base_tier_id=tiers[0].tier_id,
                    version_id=self._get_cached_rules(self.id).version_id,
                    partner_ids=tuple(sorted(set(partner_ids))),
                    joined_by=joined_by,
                    joined_on=self._get_joining_day(joined_by, joined_on),
                ),
            ),
        )
        if rows:
            self.env["member.membership"].invalidate_model()
            self.env["res.partner"].invalidate_model(
                [
                    *("member_membership_ids", "member_tier_id"),
                    "property_product_pricelist",
                ]
            )
        memberships = self.env["member.membership"].browse(row[0] for row in rows)
        memberships._reward_joining()
        self._queue_moves(memberships.ids)
        return memberships

    def _get_joining_day(self, joined_by, joined_on):
        """Return the day on which new members join, as SQL."""
        today = self._get_company()._member_today()
        if joined_on or joined_by not in ("order", "import"):
            return enrolment.on_day(joined_on or today)
        return enrolment.on_first_activity(
            self._get_company().id, self._get_partner_column(), today
        )

    def _check_may_enroll_by_hand(self):
        """Let programs pass that take members in by hand.

        :raises UserError: for the others
        """
        for program in self:
            if not program.sudo().enroll_by_hand:
                raise UserError(
                    self.env._(
                        "%(program)s takes nobody in by hand. A manager can allow it"
                        " in the program, under Enrolment.",
                        program=program.sudo().name,
                    )
                )

    def action_collect_history(self):
        """Record past orders and credit notes that the journal does not hold yet.

        They are many: the scheduled action does it, in the background.
        """
        self.check_access("write")
        self.env.ref("member_loyalty.ir_cron_member_history").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": self.env._("Past orders are being collected"),
                "message": self.env._(
                    "This goes on in the background. Members appear under Members,"
                    " their orders under Activities."
                ),
            },
        }

    def action_check_journal(self):
        """Compare the journal with the documents it was made from and say how it is.

        Nothing is changed; :meth:`action_settle_journal` puts it right.
        """
        self.ensure_one()
        drift = self.env["member.journal"].sudo()._find_drift(self.company_id)
        documents = sorted({values["source_ref"] or "" for values in drift})
        message = self.env._("Every order and credit note is in the journal as it is.")
        if documents:
            message = self.env._(
                "%(count)s documents differ from the journal: %(documents)s",
                count=len(documents),
                documents=", ".join(documents[:20]),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if documents else "success",
                "sticky": bool(documents),
                "title": self.env._("Journal checked"),
                "message": message,
            },
        }

    def action_settle_journal(self):
        """Book what the journal lacks to say what its documents say."""
        self.ensure_one()
        self.check_access("write")
        journal = self.env["member.journal"].sudo()
        by_model = {"sale.order": set(), "account.move": set()}
        for values in journal._find_drift(self.company_id):
            by_model[values["source_model"]].add(values["source_id"])
        journal._settle(by_model["sale.order"], by_model["account.move"])
        return self.action_check_journal()

    @api.model
    def _cron_collect_history(self):
        """Book what the journal lacks of past orders, and take their customers in.

        A program that was made later finds its members here too.
        """
        companies = self.sudo().search([("active", "=", True)]).company_id
        for company in companies:
            for find, name in (
                (purchase_history.unbooked_orders, "order_ids"),
                (purchase_history.unbooked_credit_notes, "move_ids"),
            ):
                if not self._collect_batches(company, find, name):
                    return
        for program in self.sudo().search([("enroll_on_order", "=", True)]):
            self.env["member.batch"]._run_batch(program._enroll_buyers)
            self.env["ir.cron"]._commit_progress()

    @api.model
    def _collect_batches(self, company, find, name):
        """Book batches of documents until none is left; False when time is up."""
        journal = self.env["member.journal"].sudo().with_company(company)
        for document_ids in journal._iterate_documents(company, find):
            settle = partial(journal._settle, **{name: document_ids})
            self.env["member.batch"]._run_batch(settle)
            if not self.env["ir.cron"]._commit_progress(len(document_ids), remaining=1):
                return False
        self.env["ir.cron"]._commit_progress(remaining=0)
        return True

    def _enroll_buyers(self):
        """Make members of all who ever had a confirmed order and never were one."""
        self.ensure_one()
        rows = self.env.execute_query(
            enrolment.buyers_to_enroll(
                self.env, self.id, self.company_id.id, self._get_partner_column()
            )
        )
        buyers = self.env["res.partner"].browse(row[0] for row in rows)
        return self._enroll_partners(buyers, "order")

    def _get_figures(self, partner_ids, as_of=None):
        """Return what members bought, by partner id.

        :param date as_of: the last day that counts, today unless given
        :return: tuples of the amount (company currency) and the number of orders in
            the program's window, and the day of the last purchase
        """
        self.ensure_one()
        rows = self.env.execute_query(
            member_figures.member_figures(
                self.env,
                self.company_id.id,
                self._get_partner_column(),
                self._get_window(),
                as_of or self.company_id._member_today(),
                partner_ids,
            )
        )
        return {
            partner_id: (float(amount), int(count), last_on or False)
            for partner_id, amount, count, last_on in rows
        }

    def _get_tier_totals(self, as_of=None):
        """Return the number of members and what they bought, by tier id."""
        self.ensure_one()
        rows = self.env.execute_query(
            member_figures.tier_totals(
                self.env,
                self.id,
                self.company_id.id,
                self._get_partner_column(),
                self._get_window(),
                as_of or self.company_id._member_today(),
            )
        )
        return {tier_id: (count, float(amount)) for tier_id, count, amount in rows}
