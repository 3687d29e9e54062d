from odoo import Command, models

from odoo.addons.member_loyalty.queries.execution import execute_quietly

from ..queries import merges

NEVER_CLEARED = frozenset({"name", "is_company", "type", "lang", "tz"})


class MemberMergeContact(models.AbstractModel):
    """Makes a merged contact anew and gives it its contacts, tags and purchases."""

    _name = "member.merge.contact"
    _description = "Contact of an Undone Merge"

    def _restore_contact(self, source):
        """Make a contact again that was merged.

        What the winner took over from it goes back as well, where it had nothing.

        :param dict source: what the snapshot says of the contact
        :return: the new contact
        """
        values = {
            name: value
            for name, value in source["values"].items()
            if self._is_still_there(name, value)
        }
        parent_id = values.pop("parent_id", False)
        quiet = self.env["res.partner"].with_context(
            mail_create_nosubscribe=True, tracking_disable=True, no_vat_validation=True
        )
        self._clear_taken_values(source)
        contact = quiet.create(
            {
                **values,
                "parent_id": parent_id,
                "category_id": [Command.set(self._existing("category", source))],
            }
        )
        self._give_children_back(source, contact)
        self._give_rows_back(source, contact)
        self._give_tags_back(source, contact)
        return contact

    def _is_still_there(self, name, value):
        """Tell whether a value can be written: its field and record exist."""
        field = self.env["res.partner"]._fields.get(name)
        if field is None:
            return False
        if field.type != "many2one" or not value:
            return True
        return bool(self.env[field.comodel_name].browse(value).exists())

    def _existing(self, kind, source):
        """Return the ids of tags that are still there."""
        model, key = {
            "category": ("res.partner.category", "categories"),
            "tag": ("member.tag", "tags"),
        }[kind]
        return self.env[model].browse(source[key]).exists().ids

    def _clear_taken_values(self, source):
        """Take from the winner what it had not and got from the contact."""
        winner = self.partner_id
        before = self.snapshot["winner"]["values"]
        now = self._read_values(winner, tuple(before))
        taken = [
            name
            for name, value in source["values"].items()
            if name not in NEVER_CLEARED
            and value
            and not before.get(name)
            and now.get(name) == value
        ]
        if taken:
            winner.with_context(tracking_disable=True).write(
                dict.fromkeys(taken, False)
            )

    def _give_children_back(self, source, contact):
        """Let the contacts of a merged company be its contacts again."""
        children = self.env["res.partner"].browse(source["children"]).exists()
        children = children.filtered(lambda child: child.parent_id == self.partner_id)
        self._repoint_rows("commercial_partner_id", "company_rows", source, contact)
        children.write({"parent_id": contact.id})

    def _give_rows_back(self, source, contact):
        """Give purchases back: the journal's rows, and whose the documents are."""
        self.env.flush_all()
        self._repoint_rows("partner_id", "rows", source, contact)
        execute_quietly(
            self.env,
            merges.own_documents(self.partner_id.id, contact.id, self.env.uid),
        )
        self.env["member.activity"].invalidate_model()
        self.env["member.purchase.owner"].invalidate_model()
        # that there is none is remembered
        self.env.registry.clear_cache()

    def _repoint_rows(self, column, which, source, contact):
        """Let rows of the journal be the contact's again."""
        self.env.flush_all()
        keys = set(source["keys"]) - set(self.snapshot["winner"]["keys"])
        self.env.execute_query(
            merges.repoint_rows(
                column,
                self.partner_id.id,
                contact.id,
                source[which],
                sorted(keys),
                self.snapshot["last_activity_id"],
            )
        )
        self.env["member.activity"].invalidate_model()

    def _give_tags_back(self, source, contact):
        """Give tags kept by hand back, and take those the winner got by the merge."""
        tag_ids = self._existing("tag", source)
        contact.write({"member_tag_ids": [Command.link(one) for one in tag_ids]})
        before = set(self.snapshot["winner"]["tags"])
        got = [one for one in tag_ids if one not in before]
        got = [one for one in got if one in self.partner_id.member_tag_ids.ids]
        if got:
            self.partner_id.write(
                {"member_tag_ids": [Command.unlink(one) for one in got]}
            )
