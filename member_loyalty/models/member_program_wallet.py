from decimal import Decimal
from typing import NamedTuple

from odoo import Command, api, models, tools
from odoo.exceptions import UserError

from ..logic.point_earning import Rounding
from ..logic.point_expiry import ExpiryPolicy, expires_at

ORDER_KINDS = ("amount", "order", "first_order", "multiplier")
ROUNDINGS = {
    "whole_down": Rounding(Decimal(1), down=True),
    "whole_nearest": Rounding(Decimal(1), down=False),
    "hundredth_down": Rounding(Decimal("0.01"), down=True),
}


class PointsBase(NamedTuple):
    """What of an order counts for points, and how they are rounded."""

    taxed: bool
    delivery: bool
    rewards: bool
    rounding: str

    def get_rounding(self):
        """Return how points are rounded, as ``Rounding`` of ``logic``."""
        return ROUNDINGS[self.rounding]


class PointsPolicy(NamedTuple):
    """What an order has to know of the points of a program."""

    wallet_id: int
    loyalty_program_ids: tuple
    purse: str
    spenders: str
    base: PointsBase
    stacked: bool
    available: str
    expiry: ExpiryPolicy
    uncounted_product_ids: frozenset


class MemberProgramWallet(models.AbstractModel):
    """The cards of a program, and what orders have to know of its points."""

    _name = "member.program.wallet"
    _description = "Wallet of a Program"

    def action_start_points(self):
        """Give points in this program: make Odoo's loyalty program for its cards.

        :raises UserError: when the program gives points already
        """
        self.ensure_one()
        self.check_access("write")
        if self.wallet_id:
            raise UserError(
                self.env._("%(program)s gives points already.", program=self.name)
            )
        self._start_points()
        return True

    def _start_points(self):
        """Make the loyalty program and a first rule: a point for each unit spent."""
        self.ensure_one()
        program = self.sudo()
        wallet = (
            self.env["loyalty.program"]
            .sudo()
            .with_company(program.company_id)
            .create(program._prepare_wallet())
        )
        program.wallet_id = wallet
        program._ensure_earning_rule()
        return wallet

    def _ensure_earning_rule(self):
        """Let orders earn a point for each unit, unless there are rules already."""
        if not self.earning_rule_ids:
            self.earning_rule_ids = [
                Command.create({"name": self.env._("Purchases"), "kind": "amount"})
            ]

    def _prepare_wallet(self):
        """Return the values of the loyalty program: 100 points pay 100 of currency."""
        self.ensure_one()
        # the Point of Sale knows nothing of entries yet
        elsewhere = {"pos_ok": False} if "pos_ok" in self.wallet_id._fields else {}
        return {
            **elsewhere,
            "name": self.env._("Points of %(program)s", program=self.name),
            "program_type": "loyalty",
            "company_id": self.company_id.id,
            "currency_id": self.company_id.currency_id.id,
            "applies_on": "both",
            "trigger": "auto",
            "portal_visible": True,
            "portal_point_name": self.env._("Points"),
            "member_program_id": self.id,
            "rule_ids": [
                Command.clear(),
                Command.create(
                    {"reward_point_amount": 1, "reward_point_mode": "money"}
                ),
            ],
            "reward_ids": [
                Command.clear(),
                Command.create(
                    {
                        "reward_type": "discount",
                        "discount_mode": "per_point",
                        "discount": 1,
                        "discount_applicability": "order",
                        "required_points": 100,
                        "description": self.env._("Pay with points"),
                    }
                ),
            ],
            "communication_plan_ids": [Command.clear()],
        }

    def _get_points_policy(self):
        """Return what an order has to know, without asking the database again."""
        self.ensure_one()
        return self._get_cached_points_policy(self._origin.id)

    @api.model
    @tools.ormcache("program_id")
    def _get_cached_points_policy(self, program_id):
        program = self.sudo().browse(program_id)
        kept = self.env["loyalty.program"].sudo().with_context(active_test=False)
        kept = kept.search([("member_program_id", "=", program_id)])
        stored = kept.filtered(lambda one: one.program_type == "ewallet")
        return PointsPolicy(
            program.wallet_id.id,
            tuple(kept.ids),
            program.purse,
            program.purse_spenders,
            PointsBase(
                program.points_base_taxed,
                program.points_base_delivery,
                program.points_base_rewards,
                program.points_rounding,
            ),
            program.multiplier_policy == "together",
            program.points_available,
            ExpiryPolicy(
                program.points_expiry,
                program.points_expiry_months,
                program.points_expiry_month_end,
                program.points_expiry_years,
            ),
            frozenset(stored.trigger_product_ids.ids),
        )

    @api.model
    @tools.ormcache("program_id")
    def _get_cached_order_rules(self, program_id):
        rules = self.env["member.earning.rule"].sudo()
        rules = rules.search(
            [("program_id", "=", program_id), ("kind", "in", ORDER_KINDS)]
        )
        return tuple(rule._get_logic_rule() for rule in rules)

    @api.model
    @tools.ormcache("program_id")
    def _get_capped_rule_ids(self, program_id):
        rules = self.env["member.earning.rule"].sudo()
        rules = rules.search(
            [
                ("program_id", "=", program_id),
                ("kind", "in", ORDER_KINDS),
                ("cap_period", "!=", False),
            ]
        )
        return tuple(rules.ids)

    def _get_order_rules(self):
        """Return the rules for orders, as ``EarningRule`` of ``logic``."""
        self.ensure_one()
        return self._get_cached_order_rules(self._origin.id)

    def _has_rule(self, kind):
        """Tell whether an order earns by a rule of this kind."""
        return any(rule.kind == kind for rule in self._get_order_rules())

    def _stacks_multipliers(self):
        """Tell whether several multipliers multiply each other."""
        return self._get_points_policy().stacked

    def _get_uncounted_product_ids(self):
        """Return the products that earn nothing: they top up stored value."""
        return self._get_points_policy().uncounted_product_ids

    def _get_loyalty_program_ids(self):
        """Return the loyalty programs whose cards the ledger keeps for this one."""
        return self._get_points_policy().loyalty_program_ids

    def _get_earning_room(self, card):
        """Return {rule id: points} that rules with a limit may still give a card."""
        self.ensure_one()
        rule_ids = self._get_capped_rule_ids(self._origin.id)
        if not rule_ids:
            return {}
        rules = self.env["member.earning.rule"].sudo().browse(rule_ids)
        room = rules._get_cap_room(card, rules, self._get_company()._member_today())
        return {rule_id: left for rule_id, left in room.items() if left is not None}

    def _get_wallet_owner(self, partner):
        """Return who holds the points that a contact earns."""
        if self._get_points_policy().purse == "contact":
            return partner
        return partner.commercial_partner_id

    def _get_point_expiry(self, at):
        """Return from when on points that come in now cannot be used any more.

        :param datetime at: in UTC, as Odoo keeps it
        :return: a moment in UTC, or None when they do not expire
        """
        return expires_at(
            self._get_points_policy().expiry,
            at,
            self._get_company()._get_member_timezone(),
        )

    def _round_points(self, points):
        """Round points as the program says."""
        return self._get_points_policy().base.get_rounding().of(points)
