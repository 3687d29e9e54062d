from odoo import api, models
from odoo.exceptions import AccessError, ValidationError

from ..logic.native_engine import is_engine

REWARD_FIELDS = ("coupon_id", "reward_id", "points_cost", "reward_identifier_code")


class MemberRewardGuard(models.AbstractModel):
    """What a reward costs is what the engine says: no line sets or lowers it by hand.

    Holds for lines that take points from cards that the ledger keeps.
    """

    _name = "member.reward.guard"
    _description = "Guard of Reward Lines"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale` to let only the engine make reward lines.

        :raises AccessError: when somebody else does
        """
        if not self._is_reward_trusted():
            cards = [vals.get("coupon_id") for vals in vals_list]
            cards.append(self.env.context.get("default_coupon_id"))
            if self._find_kept_cards(cards):
                self._refuse_reward_change()
        return super().create(vals_list)

    def write(self, vals):
        """Override of `sale` to let only the engine change what rewards cost.

        :raises AccessError: when somebody else does
        """
        if not self._is_reward_trusted():
            self._check_rewards_stay(vals)
        return super().write(vals)

    @api.model
    def _is_reward_trusted(self):
        """Tell whether our own code or Odoo's engine is at work."""
        return self.env.su or is_engine(self.env.context)

    def _check_rewards_stay(self, vals):
        """Let changes pass that leave alone what rewards cost and who pays them.

        :raises AccessError: for the others
        """
        names = [name for name in (*REWARD_FIELDS, "order_id") if name in vals]
        if not names:
            return
        lines = self.sudo()
        if self._find_kept_cards([vals.get("coupon_id")]) - lines.coupon_id:
            self._refuse_reward_change()
        for line in lines.filtered("coupon_id.program_id.member_program_id"):
            now = line.read(names, load=None)[0]
            if any((now[name] or False) != (vals[name] or False) for name in names):
                self._refuse_reward_change()

    @api.model
    def _find_kept_cards(self, card_ids):
        """Find those of these cards that the ledger keeps."""
        cards = self.env["loyalty.card"].sudo()
        cards = cards.browse({number for number in card_ids if number})
        return cards.exists().filtered("program_id.member_program_id")

    @api.model
    def _refuse_reward_change(self):
        """Say how points become a reward.

        :raises AccessError: always
        """
        raise AccessError(
            self.env._(
                "What a reward takes from a member's points cannot be written by hand."
                " Remove the reward and claim it again with “Reward”."
            )
        )

    @api.constrains("coupon_id", "order_id")
    def _check_pays_with_own_points(self):
        """Let nobody pay with the points of somebody else.

        :raises ValidationError: when the card belongs to another member
        """
        for line in self.sudo():
            owner = line.coupon_id.member_owner_id
            customer = line.order_id.partner_id
            if owner and owner not in customer | customer.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "The points of %(owner)s cannot pay an order of %(customer)s.",
                        owner=owner.display_name,
                        customer=customer.display_name,
                    )
                )
