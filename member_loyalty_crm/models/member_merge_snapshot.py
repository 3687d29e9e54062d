from odoo import api, models

from ..queries import merges

CONTACT_FIELDS = (
    *("name", "is_company", "function", "lang", "tz", "ref"),
    *("email", "phone", "website", "vat", "company_registry", "comment"),
    *("street", "street2", "zip", "city", "state_id", "country_id"),
    *("user_id", "company_id", "parent_id", "type", "industry_id", "member_birthday"),
)
STANDING = (
    *("tier_id", "valid_until", "granted_tier_id", "granted_until"),
    *("version_id", "automatic"),
)


class MemberMergeSnapshot(models.AbstractModel):
    """Writes down what belongs to whom just before contacts become one."""

    _name = "member.merge.snapshot"
    _description = "What Was Whose before a Merge"

    @api.model
    def _take_snapshot(self, sources, winner):
        """Return what belongs to contacts that are about to be merged.

        :param sources: the contacts that will be gone
        :param winner: the contact that stays
        :return: plain data, nothing when none of them has to do with members
        """
        self.env.flush_all()
        merge = self.sudo()
        sources, winner = sources.sudo(), winner.sudo()
        [(last_activity_id, last_entry_id)] = self.env.execute_query(merges.last_ids())
        taken = {
            "last_activity_id": last_activity_id,
            "last_entry_id": last_entry_id,
            "winner": merge._describe_contact(winner),
            "sources": [merge._describe_contact(source) for source in sources],
        }
        touched = any(
            one["memberships"] or one["cards"] or one["rows"]
            for one in (taken["winner"], *taken["sources"])
        )
        return taken if touched else None

    @api.model
    def _describe_contact(self, contact):
        """Return a contact's own values and what it has of the suite, by ids."""
        rows = self.env.execute_query(merges.rows_of(contact.id))
        own = [row_id for row_id, is_own, _is_company, _key in rows if is_own]
        of_company = [row_id for row_id, _own, is_company, _key in rows if is_company]
        return {
            "id": contact.id,
            "company": contact.commercial_partner_id.id,
            "values": self._read_values(contact, CONTACT_FIELDS),
            "tags": contact.member_tag_ids.filtered(
                lambda tag: tag.kept_by == "hand"
            ).ids,
            "categories": contact.category_id.ids,
            "children": contact.with_context(active_test=False).child_ids.ids,
            "rows": own,
            "company_rows": of_company,
            "keys": sorted({key for *_row, key in rows}),
            "memberships": self._describe_memberships(contact),
            "cards": self._describe_cards(contact),
        }

    @api.model
    def _describe_memberships(self, contact):
        """Return the memberships of a contact, ended ones too."""
        memberships = self.env["member.membership"].sudo()
        memberships = memberships.with_context(active_test=False)
        return [
            {
                "id": held.id,
                "active": held.active,
                "standing": self._read_values(held, STANDING),
                "appeals": held._get_open_appeals().ids,
            }
            for held in memberships.search([("partner_id", "=", contact.id)])
        ]

    @api.model
    def _describe_cards(self, contact):
        """Return the cards of a contact that the ledger keeps."""
        cards = self.env["loyalty.card"].sudo()
        pending = self.env["member.point.pending"].sudo()
        found = cards.search(
            [("member_owner_id", "=", contact.id), ("member_program_id", "!=", False)]
        )
        return [
            {
                "id": card.id,
                "owned_by_contact": bool(card.partner_id),
                "points": card.points,
                "debt": card.member_debt,
                "pending": pending.search([("card_id", "=", card.id)]).ids,
                "orders": [
                    order_id
                    for (order_id,) in self.env.execute_query(
                        merges.promised_orders(card.id)
                    )
                ],
            }
            for card in found
        ]

    @api.model
    def _read_values(self, record, names):
        """Return stored values of a record as plain data."""
        known = [name for name in names if name in record._fields]
        [values] = record.read(known, load=None)
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in values.items()
            if name != "id"
        }

    @api.model
    def _complete_snapshot(self, snapshot, winner):
        """Add to a snapshot what the merge made of it.

        :param dict snapshot: of :meth:`_take_snapshot`
        :param winner: the contact that stayed
        """
        self.env.flush_all()
        merge = self.sudo()
        held = (*snapshot["sources"], snapshot["winner"])
        ids = [one["id"] for contact in held for one in contact["memberships"]]
        memberships = self.env["member.membership"].sudo().browse(ids)
        snapshot["after"] = {
            str(one.id): {
                "active": one.active,
                "standing": self._read_values(one, STANDING),
            }
            for one in memberships
        }
        snapshot["winner"]["company_after"] = winner.sudo().commercial_partner_id.id
        for source in snapshot["sources"]:
            for card in source["cards"]:
                merge._describe_transfer(card, snapshot["last_entry_id"])

    @api.model
    def _describe_transfer(self, card, last_entry_id):
        """Add to what is known of a card where its points went."""
        kept = self.env["loyalty.card"].browse(card["id"]).member_successor_id
        card["successor"] = kept.id
        card["lots"] = kept and [
            [entry_id, points, origin_id]
            for entry_id, points, origin_id in self.env.execute_query(
                merges.brought_lots(kept.id, card["id"], last_entry_id)
            )
        ]
        card["lots"] = card["lots"] or []

    @api.model
    def _record(self, snapshot, sources, winner):
        """Keep a merge that has just been done.

        :return: the record of it, nothing when it had nothing to do with members
        """
        if not snapshot:
            return self.browse()
        self._complete_snapshot(snapshot, winner)
        names = [source["values"]["name"] or "?" for source in snapshot["sources"]]
        return self.sudo().create(
            {
                "partner_id": winner.id,
                "into_ref": winner.id,
                "source_names": ", ".join(names),
                "source_count": len(sources),
                "merged_by_id": self.env.uid,
                "merged_at": self.env.cr.now(),
                "snapshot": snapshot,
            }
        )
