from collections import defaultdict

from odoo import api, fields, models

from ..logic.account_manager import Member, Memory, assign


class MemberMembershipManager(models.AbstractModel):
    """Who looks after a member by a benefit, and who did before."""

    _name = "member.membership.manager"
    _description = "Account Manager of a Member"

    manager_benefit_id = fields.Many2one(
        comodel_name="member.benefit",
        string="Account Manager from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The benefit that gave the member an account manager.",
    )
    manager_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Account Manager",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="Whom the benefit gave. The salesperson of the contact is who looks after"
        " it now.",
    )
    manager_former_id = fields.Many2one(
        comodel_name="res.users",
        string="Replaced Salesperson",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Who looked after the contact before, and will again when the benefit is"
        " lost.",
    )

    def _settle_account_managers(self):
        """Give these members the managers they are promised; take back others.

        In sets, and without mails: also for many. Doing it twice changes nothing.
        """
        memberships = self.sudo().filtered(
            lambda one: one.manager_benefit_id or one.active
        )
        for company, held in memberships.grouped("company_id").items():
            granted = self.env["member.benefit"]._is_kind_granted(
                company, "account_manager"
            )
            if granted or held.manager_benefit_id:
                held._settle_managers_of_company(company)

    def _settle_managers_of_company(self, company):
        """Collect, decide and apply for members of one company."""
        offers = self.filtered("active")._find_manager_offers(company)
        members = [one._get_managed(offers.get(one.id)) for one in self]
        self._apply_managers(assign(members, self._count_managed()), company)

    def _find_manager_offers(self, company):
        """Return ``Offer`` of ``logic`` by membership id, of those who have one."""
        granted = self.env["member.benefit"]._find_granted(
            self.partner_id, company, company._member_today(), "account_manager"
        )
        known, offers = {}, {}
        for membership, benefit in (one for many in granted.values() for one in many):
            if benefit.id not in known:
                known[benefit.id] = benefit._get_manager_offer()
            offer = known[benefit.id]
            held = offers.get(membership.id)
            if held is None or not held.user_ids:
                offers[membership.id] = offer
        return offers

    def _get_managed(self, offer):
        """Return the membership as ``Member`` of ``logic``."""
        self.ensure_one()
        user = self.partner_id.user_id
        return Member(
            self.id,
            user.id or None,
            user.active,
            self._get_manager_memory(),
            offer,
        )

    def _get_manager_memory(self):
        """Return what a benefit assigned to this member, as ``Memory`` of ``logic``."""
        if not self.manager_benefit_id:
            return None
        return Memory(
            self.manager_benefit_id.id,
            self.manager_user_id.id or None,
            self.manager_former_id.filtered("active").id or None,
        )

    @api.model
    def _count_managed(self):
        """Return how many members each user has by (benefit id, user id)."""
        groups = self.sudo()._read_group(
            [("manager_benefit_id", "!=", False)],
            ["manager_benefit_id", "manager_user_id"],
            ["__count"],
        )
        return {(benefit.id, user.id): count for benefit, user, count in groups}

    def _apply_managers(self, assignments, company):
        """Write who looks after whom, and record what is a use of a benefit."""
        by_user, by_memory = defaultdict(list), defaultdict(list)
        used = defaultdict(list)
        for assignment in assignments:
            membership = self.browse(assignment.membership_id)
            by_memory[assignment.memory].append(membership.id)
            change = (membership.partner_id.user_id.id or None, assignment.user_id)
            if change[0] != change[1]:
                by_user[change].append(membership.partner_id.id)
            if assignment.is_use:
                key = (assignment.memory.benefit_id, assignment.user_id)
                used[key].append(membership.id)
        for (former_id, user_id), partner_ids in by_user.items():
            self._hand_over(partner_ids, former_id, user_id)
        for memory, membership_ids in by_memory.items():
            self.browse(membership_ids)._remember_manager(memory)
        self._record_managers(used, company)

    @api.model
    def _hand_over(self, partner_ids, former_id, user_id):
        """Give contacts to another user, with those below them who had the same.

        Nobody is told by mail: there can be thousands.
        """
        Partner = self.env["res.partner"].sudo().with_context(tracking_disable=True)
        partners = Partner.browse(partner_ids)
        if former_id:
            partners |= Partner.with_context(active_test=False).search(
                [("id", "child_of", partner_ids), ("user_id", "=", former_id)]
            )
        partners.write({"user_id": user_id})

    def _remember_manager(self, memory):
        """Write what was assigned, or forget it."""
        self.write(
            {
                "manager_benefit_id": memory.benefit_id if memory else False,
                "manager_user_id": memory.user_id if memory else False,
                "manager_former_id": memory.former_id if memory else False,
            }
        )

    @api.model
    def _record_managers(self, used, company):
        """Record that members got an account manager, benefit by benefit."""
        for (benefit_id, user_id), membership_ids in used.items():
            user = self.env["res.users"].sudo().browse(user_id)
            self.env["member.benefit"].sudo().browse(benefit_id)._use_once_each(
                self.browse(membership_ids),
                company._member_today(),
                notes=dict.fromkeys(membership_ids, user.name),
            )

    def _keep_one(self, program, member):
        """Override of `member.membership.merge`: whom a benefit gave goes along."""
        held = self.sudo().filtered(
            lambda one: (
                one.manager_user_id and one.partner_id.user_id == one.manager_user_id
            )
        )
        first = held.sorted(lambda one: one.partner_id != member)[:1]
        memory = first and first._get_manager_memory()
        result = super()._keep_one(program, member)
        self.sudo().filtered("manager_benefit_id")._remember_manager(None)
        if memory and member.user_id.id in (False, memory.user_id):
            self._hand_over(member.ids, None, memory.user_id)
            self.sudo().filtered("active")._remember_manager(memory)
        return result
