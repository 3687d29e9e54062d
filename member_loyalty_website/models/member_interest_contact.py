from contextlib import suppress

from odoo import fields, models
from odoo.exceptions import UserError

from ..queries import behaviour as queries

STORES = ("member.product.interest", "member.product.search")


class MemberInterestContact(models.AbstractModel):
    """A contact whose interest in products may be noted, or may not."""

    _name = "member.interest.contact"
    _description = "Contact with Interests"

    member_refuses_interest = fields.Boolean(
        string="Refuses Product Views",
        copy=False,
        groups="member_loyalty.member_loyalty_group_officer",
        help="The contact does not want it remembered what they look at in the shop.",
    )

    def _get_interest_consent(self):
        """Return what the contact said to being followed in the shop.

        What was answered to the purpose "profiling" counts first.

        :return: "given", "refused" or "" when never asked
        """
        self.ensure_one()
        contact = self.sudo()
        said = contact._get_consent("profiling")
        return said or ("refused" if contact.member_refuses_interest else "")

    def _allow_interest(self, is_allowed):
        """Remember whether the contact lets their interest be noted.

        To refuse is an answer to the purpose "profiling" too, where the company asks
        for it. To allow is none: who agrees to a purpose has to see its text.
        """
        self.ensure_one()
        contact = self.sudo()
        contact.member_refuses_interest = not is_allowed
        if not is_allowed:
            with suppress(UserError):  # nobody is asked for it
                contact._set_consent("profiling", False, "settings")

    def _forget_interests(self, condition=None):
        """Delete all that was noted of the contacts: products and searches.

        :param condition: other rows than theirs, by ``queries.behaviour.of_visitor``
        """
        for store in STORES:
            rows = condition or queries.of_contacts(self.ids)
            self.env[store].sudo()._forget(rows)

    def _take_interests(self, condition):
        """Move noted interests to the contact: of a visitor, or of merged contacts.

        :param condition: ``queries.behaviour.of_visitor`` or ``of_contacts``
        """
        self.ensure_one()
        for store in STORES:
            self.env[store].sudo()._give(condition, self)
