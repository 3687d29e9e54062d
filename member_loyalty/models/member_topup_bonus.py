from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic.point_expiry import ExpiryPolicy, expires_at
from ..logic.purchase_posting import exact
from ..logic.topup_bonus import BonusRule, choose

PART = "top_up_bonus"


class MemberTopupBonus(models.Model):
    """What topping up stored value gives on top, in money or in points."""

    _name = "member.topup.bonus"
    _description = "Top-up Bonus"
    _inherit = "member.number.guard"
    _order = "program_id, from_amount, id"
    _check_company_auto = True

    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self._default_program_id(),
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="program_id.currency_id")
    name = fields.Char(
        required=True, translate=True, help="Members see it in their statement."
    )
    active = fields.Boolean(default=True)
    from_amount = fields.Monetary(
        string="Top-up From",
        required=True,
        help="Of the bonuses an order reaches, the one that asks for most is given.",
    )
    kind = fields.Selection(
        selection=[("money", "Money"), ("points", "Points")],
        string="Given In",
        required=True,
        default="money",
    )
    bonus = fields.Float(
        digits=(16, 2), required=True, help="In the program's currency, or in points."
    )
    every_full = fields.Boolean(
        string="For Each Full Amount",
        help="Topping up twice the amount gives the bonus twice.",
    )
    once = fields.Boolean(string="Once per Member")
    expiry_months = fields.Integer(
        string="Expires after Months",
        help="0: money never expires, points expire as the program says.",
    )
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="To", help="Last day, included.")

    _amounts_positive = models.Constraint(
        "CHECK(from_amount > 0 AND bonus > 0 AND expiry_months >= 0)",
        "A top-up bonus needs an amount and a bonus above zero.",
    )

    @api.model
    def _default_program_id(self):
        return self.env["member.program"]._get_company_programs(self.env.company)[:1]

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        for rule in self:
            if rule.date_from and rule.date_to and rule.date_to < rule.date_from:
                raise ValidationError(
                    self.env._(
                        "The bonus %(rule)s ends before it begins.", rule=rule.name
                    )
                )

    @api.model
    def _choose(self, program, amount, card, day, order_id=None):
        """Choose what topping up an amount gives.

        :param program: the membership program
        :param Decimal amount: topped up, in the program's currency
        :param card: the eWallet card that is topped up
        :param date day: on which the order was confirmed
        :param order_id: this order; what it gave itself does not count as given
        :return: list of (card, points as ``Decimal``, first moment they are no longer
            usable or None, rule)
        """
        rules = self.sudo().search([("program_id", "=", program.id)], limit=1000)
        won = choose(
            [rule._get_logic_rule() for rule in rules],
            amount,
            day,
            rules.filtered("once")._get_used_ids(card, order_id),
        )
        chosen = []
        for one in won:
            rule = self.browse(one.rule_id)
            target = rule._get_target_card(card)
            if target:
                chosen.append((target, one.bonus, rule._get_expiry(), rule))
        return chosen

    def _get_logic_rule(self):
        """Return the rule as ``BonusRule`` of ``logic``."""
        self.ensure_one()
        return BonusRule(
            self.id,
            exact(self.from_amount),
            exact(self.bonus),
            self.kind,
            self.every_full,
            self.once,
            self.date_from or None,
            self.date_to or None,
        )

    def _get_part(self):
        """Return the name of this bonus among the parts of an order."""
        self.ensure_one()
        return f"{PART},{self.id}"

    def _get_used_ids(self, card, order_id=None):
        """Return which of these rules gave something to the holder of a card before."""
        cards = self._find_cards_of_holder(card)
        parts = {rule._get_part(): rule.id for rule in self}
        if not parts or not cards:
            return set()
        given = (
            self.env["member.point.entry"]
            .sudo()
            ._read_group(
                [
                    ("card_id", "in", cards.ids),
                    ("part", "in", list(parts)),
                    ("source_id", "!=", order_id),
                ],
                ["part"],
                ["points:sum", "debt:sum"],
            )
        )
        return {parts[part] for part, points, debt in given if points - debt > 0}

    @api.model
    def _find_cards_of_holder(self, card):
        """Return the eWallet card and the wallet that go with a card."""
        owner = card.sudo().member_owner_id or card.sudo().partner_id
        program = card.sudo().member_program_id
        if not owner or not program.wallet_id:
            return card
        return card | self.env["loyalty.card"]._get_member_wallet(program, owner)

    def _get_target_card(self, card):
        """Return the card that the bonus goes to; none when there is no wallet."""
        self.ensure_one()
        if self.kind == "money":
            return card
        program = self.program_id.sudo()
        owner = card.sudo().partner_id or card.sudo().member_owner_id
        if not owner or not program.wallet_id:
            return self.env["loyalty.card"]
        return self.env["loyalty.card"]._get_member_wallet(program, owner, create=True)

    def _get_expiry(self):
        """Return from when on the bonus cannot be used, when it is given now."""
        self.ensure_one()
        now = fields.Datetime.now()
        if self.expiry_months:
            zone = self.company_id._get_member_timezone()
            return expires_at(ExpiryPolicy("months", self.expiry_months), now, zone)
        if self.kind == "points":
            return self.program_id._get_point_expiry(now)
        return None
