from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic.day_end import day_end
from ..logic.point_posting import Posting
from ..logic.purchase_posting import exact


class MemberPointAdjustmentSteps(models.AbstractModel):
    """What an officer's action books."""

    _name = "member.point.adjustment.steps"
    _description = "Booking of Adjustments"

    def _find_statements(self):
        """Return the statements of the cards that exist already."""
        self.ensure_one()
        if self.statement_ids:
            return self.statement_ids._origin
        owners = self.partner_ids._origin | self.partner_ids.commercial_partner_id
        return self.env["member.point.statement"].search(
            [
                ("program_id", "=", self.program_id.id),
                ("wallet_id", "=", self.program_id.sudo().wallet_id.id),
                ("owner_id", "in", owners.ids),
            ]
        )

    def _find_expiring_lots(self):
        """Return the lots of these members that have something left and an end."""
        return self.env["member.point.lot"].search(
            [
                ("card_id", "in", self._find_statements().ids),
                ("remaining", ">", 0),
                ("expires_at", ">", fields.Datetime.now()),
            ]
        )

    def _get_cards(self):
        """Return the cards that are meant; who has none yet gets one."""
        self.ensure_one()
        if self.statement_ids:
            return self.env["loyalty.card"].sudo().browse(self.statement_ids.ids)
        return self.program_id.sudo()._get_wallets(self.partner_ids)

    def _adjust(self):
        """Grant or deduct the same number of points on each card."""
        cards = self._get_cards()
        self._use_allowance(self._asked() * len(cards))
        is_grant = self.kind == "grant"
        if not is_grant:
            self._check_enough(cards)
        now = fields.Datetime.now()
        expires_at = self._get_expiry(now) if is_grant else None
        points = self._asked() if is_grant else -self._asked()
        self._ledger()._post(
            [
                Posting(
                    card.id,
                    "adjusted",
                    points,
                    now,
                    expires_at=expires_at,
                    reason=self.reason,
                )
                for card in cards
            ]
        )

    def _transfer(self):
        """Move points to another member; they expire when they would have."""
        giver, taker = self._get_cards(), self._get_taker()
        if len(giver) != 1:
            raise UserError(self.env._("Choose one member whose points are moved."))
        if taker == giver:
            raise UserError(
                self.env._(
                    "%(member)s has these points already.", member=self._who(giver)
                )
            )
        self._use_allowance(self._asked())
        self._check_enough(giver)
        giver._transfer_points(taker, self._asked(), self.reason)

    def _get_taker(self):
        """Return the card that the points go to."""
        if not self.to_partner_id:
            raise UserError(self.env._("Choose who gets the points."))
        if self.statement_ids.wallet_id - self.program_id.sudo().wallet_id:
            raise UserError(
                self.env._("Stored value stays with its owner; only points move.")
            )
        return self.program_id.sudo()._get_wallets(self.to_partner_id)

    def _extend(self):
        """Let lots expire later than they would."""
        lots = self._get_lots_to_extend()
        now = fields.Datetime.now()
        expires_at = self._get_expiry(now, extending=True)
        self._check_is_later(lots, expires_at, now)
        self._use_allowance(sum(exact(lot.remaining) for lot in lots))
        lots.sudo()._extend(expires_at, self.reason)

    def _get_lots_to_extend(self):
        """Return the lots that are to be extended, of the members that are meant."""
        cards = self._find_statements()
        lots = self.lot_ids or self._find_expiring_lots()
        lots = lots.filtered(lambda lot: not lot.is_expired)
        lots.check_access("read")
        if lots.sudo().card_id - self.env["loyalty.card"].sudo().browse(cards.ids):
            raise UserError(
                self.env._("These points belong to other members. Choose them again.")
            )
        if not lots:
            raise UserError(self.env._("There are no points that will expire."))
        return lots

    def _check_is_later(self, lots, expires_at, now):
        """Let pass what lets points last longer.

        :raises UserError: otherwise
        """
        if expires_at and expires_at <= now:
            raise UserError(self.env._("Choose a day that has not passed."))
        if expires_at and any(lot.expires_at > expires_at for lot in lots):
            raise UserError(
                self.env._(
                    "Some of these points expire later anyway. Choose a later day, or"
                    " fewer points."
                )
            )

    def _get_expiry(self, now, extending=False):
        """Return when the points expire (UTC), or None."""
        if self.expiry == "never":
            return None
        if self.expiry == "program" and not extending:
            return self.program_id.sudo()._get_point_expiry(now) or None
        if not self.expires_on:
            raise UserError(
                self.env._("Choose the last day on which the points can be used.")
            )
        expires_at = day_end(self.expires_on, self.company_id._get_member_timezone())
        if expires_at and expires_at <= now:
            raise UserError(self.env._("Choose a day that has not passed."))
        return expires_at

    def _check_enough(self, cards):
        """Let pass when each card has as many usable points as are to be taken.

        :raises UserError: otherwise; it names who lacks them
        """
        usable = self._ledger()._get_usable(cards.ids)
        for card in cards:
            has = usable.get(card.id, Decimal(0))
            if has < self._asked():
                Allowance = self.env["member.point.allowance"]
                raise UserError(
                    self.env._(
                        "%(member)s has %(has)s usable points; %(points)s cannot be"
                        " taken. Enter fewer.",
                        member=self._who(card),
                        has=Allowance._say_points(has),
                        points=Allowance._say_points(self._asked()),
                    )
                )

    def _use_allowance(self, points):
        """Count the points within the officer's limits."""
        self.env["member.point.allowance"]._use(self.program_id, points)

    def _asked(self):
        """Return the number of points for each member, exactly."""
        return exact(self.points)

    @api.model
    def _who(self, card):
        """Return whose card it is, in words."""
        return card.member_owner_id.display_name or card.display_name

    @api.model
    def _ledger(self):
        return self.env["member.point.ledger"].sudo()
