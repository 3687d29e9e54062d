from odoo.http import request, route

from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.addons.website_sale_loyalty.controllers.portal import CustomerPortalLoyalty

SHOWN_MOVEMENTS = 5
SHOWN_REWARDS = 3


class LoyaltyCardPortal(CustomerPortalLoyalty):
    """Shows a company's purse to its contacts, as Odoo shows buyers their own cards.

    Odoo looks for cards that name the buyer; a purse names nobody, for it belongs to
    all contacts. Whose purse a buyer sees follows from the buyer's own company alone.
    """

    def _prepare_home_portal_values(self, counters):
        """Override of `loyalty` to list the purse."""
        values = super()._prepare_home_portal_values(counters)
        if "cards_per_programs" in values:
            cards = values["cards_per_programs"]
            for purse in self._find_purses():
                program = purse.program_id
                cards[program] = purse | cards.get(program, purse)
        return values

    @route()
    def portal_my_loyalty_card_history(self, card_id, page=1, sortby="date", **kw):
        """Override of `loyalty` to show the movements of the purse."""
        purse = self._find_purses().filtered(lambda card: card.id == int(card_id))
        if not purse:
            return super().portal_my_loyalty_card_history(
                card_id, page=page, sortby=sortby, **kw
            )
        sortings = self._get_loyalty_searchbar_sortings()
        sortby = sortby if sortby in sortings else "date"
        domain = [("card_id", "=", purse.id)]
        history = request.env["loyalty.history"].sudo()
        pager = portal_pager(
            url=f"/my/loyalty_card/{purse.id}/history",
            url_args={"sortby": sortby},
            total=history.search_count(domain),
            page=page,
            step=self._items_per_page,
        )
        lines = history.search(
            domain,
            order=f"{sortings[sortby]['order']}, id desc",
            limit=self._items_per_page,
            offset=pager["offset"],
        )
        values = {
            "pager": pager,
            "searchbar_sortings": sortings,
            "page_name": "loyalty_history",
            "sortby": sortby,
            "history_lines": lines,
        }
        return request.render("loyalty.loyalty_card_history_template", values)

    @route()
    def portal_get_card_history_values(self, card_id):
        """Override of `loyalty` to show the purse in the dialog of a card."""
        purse = self._find_purses().filtered(lambda card: card.id == int(card_id))
        if not purse:
            return self._get_own_card_values(card_id)
        program = purse.program_id
        return {
            "card": {
                "id": purse.id,
                "points_display": purse.points_display,
                "expiration_date": purse.expiration_date,
                "code": purse.code,
            },
            "program": {
                "program_name": program.name,
                "program_type": program.program_type,
                "trigger_products": [],
            },
            "history_lines": [
                self._prepare_movement(purse, line)
                for line in purse.history_ids[:SHOWN_MOVEMENTS]
            ],
            "rewards": self._prepare_rewards(purse),
            "img_path": f"/loyalty/static/src/img/{program.program_type}.svg",
        }

    def _get_own_card_values(self, card_id):
        """Return what Odoo shows of a buyer's own card, nothing of any other card.

        `website_sale_loyalty` fails on cards of others instead of showing nothing.
        """
        domain = [
            ("id", "=", int(card_id)),
            ("partner_id", "=", request.env.user.partner_id.id),
        ]
        if not request.env["loyalty.card"].sudo().search_count(domain, limit=1):
            return {}
        return super().portal_get_card_history_values(card_id)

    def _find_purses(self):
        """Return the purses of the buyer's own company."""
        partner = request.env.user.partner_id.sudo()
        cards = (
            request.env["loyalty.card"]
            .sudo()
            .search(
                [
                    ("member_owner_id", "=", partner.commercial_partner_id.id),
                    ("partner_id", "=", False),
                    ("program_id.active", "=", True),
                ]
            )
        )
        return cards.filtered(lambda card: self._holds_points_of(card, partner))

    def _holds_points_of(self, card, partner):
        """Tell whether a buyer's points are on a card, as its program says today."""
        program = card.member_program_id
        return program._get_wallet_owner(partner) == card.member_owner_id

    def _prepare_movement(self, purse, line):
        """Return one movement as the dialog shows it."""
        change = line.issued - line.used
        points = purse._format_points(abs(change))
        return {
            "order_id": line.order_id,
            "description": line.description,
            "order_portal_url": line._get_order_portal_url(),
            "points": f"{'-' if change < 0 else '+'}{points}",
        }

    def _prepare_rewards(self, purse):
        """Return the dearest rewards that the points are enough for."""
        program = purse.member_program_id
        tier = program._get_spending_tier(request.env.user.partner_id)
        rewards = purse.program_id.reward_ids.filtered(
            lambda reward: not reward.member_tier_ids or tier in reward.member_tier_ids
        )
        prices = {reward: reward._get_member_price(tier) for reward in rewards}
        offered = [
            reward
            for reward, price in prices.items()
            if price <= purse.member_usable_points
        ]
        offered.sort(key=prices.get, reverse=True)
        return [
            {
                "description": reward.description,
                "points": purse._format_points(prices[reward]),
            }
            for reward in offered[:SHOWN_REWARDS]
        ]
