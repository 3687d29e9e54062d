from decimal import Decimal

from odoo import api, models

from odoo.addons.iap.tools.iap_tools import _MAIL_PROVIDERS

from ..logic import referral as logic
from ..queries import referral_orders
from ..queries import referrals as queries

FREE_DOMAINS = frozenset(domain.strip().lower() for domain in _MAIL_PROVIDERS)


class MemberReferralJudging(models.AbstractModel):
    """Collects what is known of referrals, in sets, and has it judged."""

    _name = "member.referral.judging"
    _description = "Guards of Referrals"

    def _judge(self, is_final):
        """Return what speaks against referrals, as ``Verdict`` of ``logic`` by id.

        Whether the company bought under another contact is asked at the end only:
        whoever registers with a made-up address must not learn who our customers are.

        :param bool is_final: before the reward, not at registration
        """
        rows = self.env.execute_query(queries.standings(self.env, self.ids))
        known = self._find_known() if is_final else frozenset()
        parties = self._find_parties({entity for row in rows for entity in row[1:3]})
        return {
            referral_id: logic.judge(
                logic.Facts(
                    parties[giver_id],
                    parties[buyer_id],
                    is_member=bool(is_member),
                    had_bought=bool(had_bought),
                    was_referred=bool(was_referred),
                    is_known=referral_id in known,
                    earlier=earlier,
                    limit=limit or 0,
                ),
                FREE_DOMAINS,
            )
            for (
                referral_id,
                giver_id,
                buyer_id,
                is_member,
                had_bought,
                was_referred,
                earlier,
                limit,
            ) in rows
        }

    def _find_known(self):
        """Return the ids of referrals whose company bought under another contact."""
        rows = self.env.execute_query(
            queries.known_elsewhere(self.env, self.ids, sorted(FREE_DOMAINS))
        )
        return frozenset(referral_id for (referral_id,) in rows)

    @api.model
    def _find_parties(self, entity_ids):
        """Return companies as ``Party`` of ``logic``, by id."""
        rows = self.env.execute_query(queries.parties(self.env, sorted(entity_ids)))
        return {
            entity_id: logic.Party(
                entity_id,
                tuple(vats),
                tuple(accounts),
                tuple(mails),
                tuple(phones),
                tuple(
                    logic.Address(street or "", zip_code or "", city or "", country_id)
                    for street, zip_code, city, country_id in addresses
                ),
            )
            for entity_id, vats, accounts, mails, phones, addresses in rows
        }

    def _find_purchases(self):
        """Return how the orders of referrals stand, as ``Purchase`` by id."""
        rows = self.env.execute_query(referral_orders.purchases(self.env, self.ids))
        return {
            referral_id: logic.Purchase(
                bool(is_confirmed),
                Decimal(str(amount or 0)),
                bool(is_paid),
                bool(is_disputed),
            )
            for referral_id, is_confirmed, amount, is_paid, is_disputed in rows
        }
