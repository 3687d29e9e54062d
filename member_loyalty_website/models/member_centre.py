from typing import NamedTuple

from odoo import api, models


class Tab(NamedTuple):
    """A page of the member centre in its navigation."""

    page: str
    """The ``page_name`` of the page, for navigation and breadcrumb."""
    url: str
    label: str
    icon: str
    """A class of Font Awesome, such as "fa-star"."""


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


class MemberCentre(models.AbstractModel):
    """What the member centre consists of: its pages and the cards of the overview.

    Seams: a module adds a page in :meth:`_get_tabs` and a card in :meth:`_get_cards`;
    what a card shows comes from ``MemberPortal._prepare_overview_values``.
    """

    _name = "member.centre"
    _description = "Member Centre"

    @api.model
    def _get_tabs(self):
        """Return the pages of the member centre, in their order.

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
    def _get_cards(self):
        """Return the cards of the overview.

        :rtype: list[Card]
        """
        own = "member_loyalty_website"
        return [
            Card(40, "main", f"{own}.member_tier_card", each=True),
            Card(50, "main", f"{own}.member_progress_card", each=True),
            Card(60, "main", f"{own}.member_benefits_card", each=True),
            Card(150, "main", f"{own}.member_history_card", each=True),
        ]
