from typing import NamedTuple

from odoo import api, models

from ..logic.card_layout import arrange

PAGES = (
    "membership",
    "membership_points",
    "membership_rewards",
    "membership_code",
    "membership_sales",
    "membership_orders",
    "membership_payments",
    "membership_inquiries",
    "membership_documents",
    "membership_referrals",
    "membership_sharing",
    "membership_interests",
    "membership_appeal",
    "membership_messages",
    "membership_settings",
)
THUMB_PAGES = (
    "membership",
    "membership_points",
    "membership_orders",
    "membership_messages",
)


class Tab(NamedTuple):
    """A page of the member centre in its navigation."""

    page: str
    """The ``page_name`` of the page, for navigation and breadcrumb."""
    url: str
    label: str
    icon: str
    """A class of Font Awesome, such as "fa-star"."""
    number: int | None = None
    """Where it stands, if not where its page has its place; the overview is 0, the
    next page 10, and so on."""


class Card(NamedTuple):
    """A card of the overview."""

    number: int
    """Orders the cards, as a phone shows them."""
    place: str
    """Where a wide screen has it: "main" or "side"."""
    template: str
    """External id of the template."""
    each: bool = False
    """Whether it is shown for each membership, as ``page``."""


class MemberCentreBase(models.AbstractModel):
    """What the member centre consists of: its pages and the cards of the overview.

    Seams: a module adds a page in :meth:`_get_tabs` and a card in :meth:`_get_cards`;
    what a card shows comes from ``MemberPortal._prepare_overview_values``.
    """

    _name = "member.centre.base"
    _description = "Frame of the Member Centre"

    @api.model
    def _get_tabs(self):
        """Return the pages of the member centre, in any order.

        Seam: a module adds its pages. :meth:`_get_navigation` sorts them.

        :rtype: list[Tab]
        """
        return [
            Tab("membership", "/my/membership", self.env._("Overview"), "fa-home"),
            Tab(
                "membership_messages",
                "/my/membership/messages",
                self.env._("Messages"),
                "fa-envelope-o",
            ),
        ]

    @api.model
    def _get_navigation(self):
        """Return the pages in the order of the navigation.

        Pages that have no place come before the messages, in the order they were added.

        :rtype: list[Tab]
        """
        places = {page: 10 * place for place, page in enumerate(PAGES)}
        elsewhere = places["membership_messages"] - 1

        def get_place(tab):
            place = places.get(tab.page, elsewhere)
            return place if tab.number is None else tab.number

        return sorted(self._get_tabs(), key=get_place)

    @api.model
    def _split_navigation(self):
        """Return the pages that a thumb reaches at once, and the others.

        :rtype: tuple[list[Tab], list[Tab]]
        """
        tabs = self._get_navigation()
        first = [tab for tab in tabs if tab.page in THUMB_PAGES]
        return first, [tab for tab in tabs if tab not in first]

    @api.model
    def _arrange_cards(self, memberships):
        """Return the cards in the order of a phone, with the membership of each.

        :param int memberships: how many memberships the buyer has
        :return: pairs (:class:`Card`, index of the membership or None)
        """
        cards = [(card.number, card, card.each) for card in self._get_cards()]
        return arrange(cards, memberships)

    @api.model
    def _get_cards(self):
        """Return the cards of the overview.

        :rtype: list[Card]
        """
        own = "member_loyalty_website"
        return [
            Card(30, "side", f"{own}.member_contact_card"),
            Card(40, "main", f"{own}.member_tier_card", each=True),
            Card(50, "main", f"{own}.member_progress_card", each=True),
            Card(60, "main", f"{own}.member_benefits_card", each=True),
            Card(150, "main", f"{own}.member_history_card", each=True),
        ]
