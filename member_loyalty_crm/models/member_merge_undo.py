from odoo import fields, models
from odoo.exceptions import UserError


class MemberMergeUndo(models.AbstractModel):
    """Undoes a merge for membership, purchases and points: once, and all of it."""

    _name = "member.merge.undo"
    _description = "Undoing of a Merge"

    def _undo(self):
        """Make the merged contacts anew and give back what was theirs.

        :return: the new contacts
        :raises AccessError: for others than officers who may merge contacts
        :raises UserError: when it cannot be undone (any more)
        """
        self.ensure_one()
        self._check_may_merge()
        self.check_access("read")
        self.partner_id.check_access("write")
        merge = self.sudo()
        merge._lock()
        merge._check_can_be_undone()
        contacts = {}
        for source in merge.snapshot["sources"]:
            contacts[source["id"]] = merge._restore_contact(source)
        merge._restore_memberships(contacts)
        renewed = {}
        for source in merge.snapshot["sources"]:
            renewed |= merge._restore_points(source, contacts[source["id"]])
        return merge._close(contacts, renewed)

    def _lock(self):
        """Let nobody else undo this merge at the same moment.

        :raises UserError: when somebody does
        """
        if not self.try_lock_for_update():
            raise UserError(
                self.env._("Somebody else is undoing this merge. Look again later.")
            )
        self.invalidate_recordset()

    def _close(self, contacts, renewed):
        """Write down that the merge is undone, and tell it on the contacts.

        Earlier merges into a contact that is made anew are its own again. That two
        contacts were parted is remembered: they are not proposed as duplicates.

        :param dict contacts: the new contact by the id of the merged one
        :param dict renewed: the lots of points made anew, by what they once were
        """
        restored = self.env["res.partner"].browse(one.id for one in contacts.values())
        for merged_id, contact in contacts.items():
            for earlier in self.search([("into_ref", "=", merged_id)]):
                earlier._follow_winner(merged_id, contact, renewed)
            self.env["member.duplicate"]._remember_apart(contact, self.partner_id)
        self.write(
            {
                "state": "undone",
                "snapshot": False,
                "undone_by_id": self.env.uid,
                "undone_at": fields.Datetime.now(),
                "restored_ids": [fields.Command.set(restored.ids)],
            }
        )
        message = self.env._(
            "The merge of %(names)s was undone for membership, purchases and points."
            " Orders, invoices and messages stay with %(member)s.",
            names=self.source_names,
            member=self.partner_id.display_name,
        )
        for contact in restored | self.partner_id:
            contact.message_post(body=message)
        return restored

    def _follow_winner(self, merged_id, contact, renewed):
        """Let this earlier merge be one into a contact that was made anew."""
        snapshot = self.snapshot
        for source in snapshot["sources"] if snapshot else ():
            for card in source["cards"]:
                card["lots"] = [
                    [renewed.get(lot_id, lot_id), *rest]
                    for lot_id, *rest in card["lots"]
                ]
        for one in (snapshot["winner"], *snapshot["sources"]) if snapshot else ():
            for key in ("id", "company", "company_after"):
                if one.get(key) == merged_id:
                    one[key] = contact.id
        self.write(
            {
                "partner_id": contact.id,
                "into_ref": contact.id,
                "snapshot": snapshot,
            }
        )

    def _say_what_goes_back(self):
        """Return in sentences what undoing gives back."""
        said = []
        for source in self.snapshot["sources"]:
            said += self._say_back_of(source)
        return said

    def _say_back_of(self, source):
        """Return in sentences what one contact gets back."""
        name = source["values"]["name"] or "?"
        said = [
            self.env._(
                "%(name)s is made anew as a contact, with its address, mail, phone and"
                " tax number.",
                name=name,
            )
        ]
        for one in source["memberships"]:
            membership = self.env["member.membership"].browse(one["id"]).exists()
            tier = self.env["member.tier"].browse(one["standing"]["tier_id"]).exists()
            if membership and one["active"]:
                said.append(
                    self.env._(
                        "%(name)s is a member of %(program)s again, in %(tier)s; then"
                        " the rules look at both members.",
                        name=name,
                        program=membership.program_id.name,
                        tier=tier.name or "",
                    )
                )
        rows = set(source["rows"]) | set(source["company_rows"])
        if rows:
            said.append(
                self.env._(
                    "%(count)s entries of the purchase journal count for %(name)s"
                    " again, and no longer for %(member)s.",
                    count=len(rows),
                    name=name,
                    member=self.partner_id.display_name,
                )
            )
        return said + self._say_points_of(source, name)

    def _say_points_of(self, source, name):
        """Return in sentences which points a contact gets back."""
        said = []
        for card, kept, one, back in self._plan_points(source):
            if not kept:
                said.append(
                    self.env._(
                        "%(name)s gets its card of %(program)s back with what is left"
                        " of its points. What came after the merge stays with"
                        " %(member)s.",
                        name=name,
                        program=card.program_id.name,
                        member=self.partner_id.display_name,
                    )
                )
                continue
            said.append(
                self.env._(
                    "%(points)s of the %(brought)s points that %(name)s brought go"
                    " back; %(used)s were used or expired since and do not come back.",
                    points=f"{back.points:g}",
                    brought=f"{one['points']:g}",
                    name=name,
                    used=f"{back.used:g}",
                )
            )
        return said

    def _say_what_stays(self):
        """Return in sentences what stays with the contact that stayed."""
        member = self.partner_id
        count = self.env["sale.order"].search_count(
            [("partner_id", "child_of", member.id)]
        )
        return [
            self.env._(
                "All %(count)s orders and quotations, with their invoices, credit notes"
                " and payments. The purchases count for the other member all the same.",
                count=count,
            ),
            self.env._("Messages, mails, activities, attachments and followers."),
            self.env._(
                "Leads and inquiries, and a login to the shop if there was one."
            ),
            self.env._("Uses of benefits, gifts and what members were told."),
            self.env._("Bank accounts and what other modules keep about the contact."),
        ]
