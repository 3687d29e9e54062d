from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..logic.point_posting import Posting
from ..logic.purchase_posting import exact
from .member_benefit_gift import OCCASIONS

GIVES = [("greeting", "A greeting"), ("coupon", "A coupon"), ("points", "Points")]


class MemberBenefitGiftIssue(models.Model):
    """A gift that a member was given on an occasion: each one once.

    Written in sets, by the code that gives; the database keeps it to once.
    """

    _name = "member.benefit.gift.issue"
    _description = "Gift Given"
    _inherit = ["member.benefit.gift.notice"]
    _log_access = False
    _order = "given_on desc, id desc"
    _rec_name = "benefit_id"

    benefit_id = fields.Many2one(
        comodel_name="member.benefit", required=True, readonly=True, ondelete="restrict"
    )
    membership_id = fields.Many2one(
        comodel_name="member.membership",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Given to",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    program_id = fields.Many2one(
        comodel_name="member.program", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="restrict"
    )
    tier_id = fields.Many2one(related="membership_id.tier_id")
    occasion = fields.Selection(selection=OCCASIONS, required=True, readonly=True)
    occasion_key = fields.Char(
        required=True,
        readonly=True,
        help="Names the occasion among those of the benefit and the member.",
    )
    day = fields.Date(
        string="Occasion on", readonly=True, help="The day that is celebrated."
    )
    given_on = fields.Date(required=True, readonly=True)
    gives = fields.Selection(selection=GIVES, string="What", readonly=True)
    is_second = fields.Boolean(
        string="Greeting on the Day",
        readonly=True,
        help="The gift was given before; this is the greeting on the day itself.",
    )
    card_id = fields.Many2one(
        comodel_name="loyalty.card",
        string="Coupon",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    code = fields.Char(related="card_id.code")
    worth = fields.Float(readonly=True, help="What was on the coupon when given.")
    points = fields.Float(digits=(16, 2), readonly=True)
    expires_on = fields.Date(
        string="Good until", readonly=True, help="The last day on which it can be used."
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="First Order",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    is_withdrawn = fields.Boolean(string="Taken Back", readonly=True)
    withdrawal_reason = fields.Char(string="Why Taken Back", readonly=True)
    withdrawn_by_id = fields.Many2one(
        comodel_name="res.users", string="Taken Back by", readonly=True
    )
    state = fields.Selection(
        selection=[
            ("given", "Given"),
            ("unused", "Not used yet"),
            ("used", "Used"),
            ("ended", "Ended unused"),
            ("withdrawn", "Taken back"),
        ],
        compute="_compute_state",
        compute_sudo=True,
    )

    _once = models.UniqueIndex("(benefit_id, membership_id, occasion_key)")
    _unused = models.Index("(expires_on) WHERE card_id IS NOT NULL")

    @api.depends("card_id.points", "is_withdrawn", "expires_on")
    def _compute_state(self):
        for issue in self:
            issue.state = issue._get_state()

    def _get_state(self):
        """Return what became of the gift."""
        self.ensure_one()
        if self.is_withdrawn:
            return "withdrawn"
        if not self.card_id:
            return "given"
        if self.card_id.points < self.worth:
            return "used"
        today = self.company_id._member_today()
        return "ended" if self.expires_on and self.expires_on < today else "unused"

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "What a member was given is history and cannot be deleted. Take it"
                " back: it then is worth nothing."
            )
        )

    @api.model
    def _find_of_cards(self, cards):
        """Return the gifts that these coupons are, with rights."""
        issues = self.sudo()
        if not cards or not self.env["member.benefit"]._are_coupons_given():
            return issues.browse()
        return issues.search([("card_id", "in", cards.ids)])

    def _is_for_customer(self, customer):
        """Tell whether a customer may use this: the member, or who was given it."""
        self.ensure_one()
        member = self.program_id._get_member_partners(customer)
        given_to = self.membership_id._get_current().partner_id | self.partner_id
        return customer in given_to or member in given_to

    def _hand_over(self):
        """Give the members what was written down for them: coupons and points."""
        self.filtered(lambda issue: issue.gives == "coupon")._hand_over_coupons()
        self.filtered(lambda issue: issue.gives == "points")._hand_over_points()

    def _hand_over_coupons(self):
        """Make a coupon for each, with a code of its own."""
        if not self:
            return
        program = self.benefit_id.gift_coupon_program_id
        worth = max([1, *program.reward_ids.mapped("required_points")[:1]])
        cards = self.env["loyalty.card"].sudo()
        cards = cards.with_context(loyalty_no_mail=True, tracking_disable=True).create(
            [
                {
                    "program_id": program.id,
                    "partner_id": issue.partner_id.id,
                    "points": worth,
                    "expiration_date": issue.expires_on,
                }
                for issue in self
            ]
        )
        for issue, card in zip(self, cards, strict=True):
            issue.card_id = card
            issue.worth = worth

    def _hand_over_points(self):
        """Book the points of each, on the card of who holds the member's points."""
        if not self:
            return
        program, now = self.program_id, fields.Datetime.now()
        cards = self._get_cards_of_points()
        self.env["member.point.ledger"]._post(
            [
                Posting(
                    cards[program._get_wallet_owner(issue.partner_id).id],
                    "earned",
                    program._round_points(exact(issue.points)),
                    now,
                    expires_at=program._get_point_expiry(now),
                    source=(issue._name, issue.id),
                    source_ref=issue.benefit_id.name,
                    source_key=f"gift,{issue.id}",
                    reason=issue.benefit_id.name,
                )
                for issue in self
            ]
        )

    def _get_cards_of_points(self):
        """Return the cards of points by holder; those that lack are made."""
        program = self.program_id
        owners = program._get_wallet_owner(self.partner_id)
        cards = self.env["loyalty.card"].sudo()
        found = cards.search(
            [
                ("program_id", "=", program._get_points_policy().wallet_id),
                ("member_owner_id", "in", owners.ids),
            ]
        )
        if lacking := owners - found.member_owner_id:
            found |= cards._open_member_cards(program, lacking.ids)
        return {card.member_owner_id.id: card.id for card in found}

    def _withdraw(self, reason):
        """Take gifts back that nobody used; coupons are worth nothing any more.

        :param str reason: why
        :raises AccessError: for anyone but managers
        :raises UserError: when one was used, or was nothing but a greeting
        """
        if not self.env.user.has_group("member_loyalty.member_loyalty_group_manager"):
            raise AccessError(
                self.env._("Only managers of memberships take gifts back. Ask one.")
            )
        self.check_access("read")
        issues = self.sudo().filtered(lambda issue: not issue.is_withdrawn)
        for issue in issues:
            issue._check_can_be_withdrawn()
        issues._take_away(reason)

    def _take_away(self, reason):
        """Let coupons be worth nothing any more, and take points back; say why."""
        issues = self.sudo()
        issues.card_id.write({"points": 0})
        issues.card_id.action_archive()
        issues._take_points_back(reason)
        issues.write(
            {
                "is_withdrawn": True,
                "withdrawal_reason": reason,
                "withdrawn_by_id": self.env.uid,
            }
        )

    def _check_can_be_withdrawn(self):
        """Let pass what can be taken back.

        :raises UserError: for the others
        """
        if self.state == "used":
            raise UserError(
                self.env._(
                    "%(member)s has used %(benefit)s: it cannot be taken back.",
                    member=self.partner_id.display_name,
                    benefit=self.benefit_id.name,
                )
            )
        if self.gives == "greeting":
            raise UserError(
                self.env._(
                    "%(benefit)s was a greeting to %(member)s: there is nothing to take"
                    " back.",
                    member=self.partner_id.display_name,
                    benefit=self.benefit_id.name,
                )
            )

    def _take_points_back(self, reason):
        """Take points back; what was spent of them is owed."""
        self.env["member.point.entry"]._take_back_given(self, reason)

    def action_open_coupon(self):
        """Open the coupon that was given."""
        self.ensure_one()
        return self.card_id._get_records_action()
