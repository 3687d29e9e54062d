from odoo import api, models

from odoo.addons.member_loyalty.logic.tier_explanation import find_decisive
from odoo.addons.member_loyalty.logic.tier_progress import missing_for_next

CONTACTS = 5
BENEFITS = 40
DECISIONS = 3
MEMBERSHIPS = 10


class MemberPortraitMembership(models.AbstractModel):
    """Who the customer is, and what the membership gives."""

    _name = "member.portrait.membership"
    _description = "Membership in a Portrait"

    @api.model
    def _portray_head(self, subject):
        """Return who the customer is, how to reach it, and its member code."""
        customer, membership = subject.customer, subject.membership
        # the code is known to whoever may see points; a contact may hold its own
        holders = customer | subject.partner
        codes = [code for code in dict.fromkeys(holders.mapped("member_code")) if code]
        return {
            **self._get_address(customer),
            "is_company": customer.is_company,
            "is_archived": not customer.active,
            "website": customer.website or "",
            "lang": dict(self.env["res.lang"].get_installed()).get(customer.lang, ""),
            "manager": customer.user_id.name or "",
            "country": customer.country_id.name or "",
            "city": customer.city or "",
            "person": self._get_person(subject),
            "contacts": [
                self._get_address(contact)
                for contact in self._find_contacts(subject)[:CONTACTS]
            ],
            "contact_count": len(self._find_contacts(subject)),
            "codes": codes,
            "joined_on": self._format_day(membership.joined_on),
            "joined_by": self._get_label(membership, "joined_by"),
            "customer_since": self._format_day(customer.create_date),
            "memberships": self._get_memberships(subject),
        }

    @api.model
    def _get_address(self, contact):
        """Return how to reach a contact."""
        return {
            **self._link(contact),
            "name": contact.name or contact.display_name or "",
            "role": contact.function or "",
            "email": contact.email or "",
            "phone": contact.phone or "",
        }

    @api.model
    def _get_person(self, subject):
        """Return the contact the page was opened for, when it is not the member."""
        if subject.partner == subject.customer:
            return False
        return self._get_address(subject.partner)

    @api.model
    def _find_contacts(self, subject):
        """Return the people of a customer, without addresses and archived ones."""
        return (subject.contacts - subject.customer - subject.partner).filtered(
            lambda contact: contact.active and contact.type == "contact"
        )

    @api.model
    def _get_memberships(self, subject):
        """Return the customer's memberships in other programs and companies."""
        found = self.env["member.membership"].search(
            [
                ("partner_id", "=", subject.customer.id),
                ("id", "!=", subject.membership.id),
            ],
            limit=MEMBERSHIPS,
        )
        return [
            {
                **self._link(one),
                "program": one.program_id.name,
                "company": one.company_id.name,
                "tier": one.tier_id.name,
                "color": one.tier_color,
            }
            for one in found
        ]

    @api.model
    def _portray_tier(self, subject):
        """Return the tier, why it is held, and what is missing to keep and to rise."""
        membership = subject.membership
        if not membership:
            return {}
        tier = membership.tier_id
        decisions = self.env["member.tier.decision"].search(
            [("membership_id", "=", membership.id)], limit=DECISIONS
        )
        return {
            **self._link(membership),
            "is_former": not membership.active,
            "tier": tier.name,
            "color": tier.color,
            "program": membership.program_id.name,
            "since": self._format_day(membership.tier_since),
            "until": self._format_day(membership.valid_until),
            "by_hand_until": self._format_day(membership.granted_until),
            "is_automatic": membership.automatic,
            "decisions": [
                {
                    **self._link(one),
                    "day": self._format_day(one.date),
                    "sentence": one.staff_sentence or "",
                }
                for one in decisions
            ],
            "ladder": [
                {"id": one.id, "name": one.name, "color": one.color}
                for one in membership.program_id._get_tiers()
            ],
            "tier_id": tier.id,
            **(membership.active and self._get_ways(subject) or {}),
        }

    @api.model
    def _get_ways(self, subject):
        """Return the ways to the next tier, and the nearest one to keep this one.

        To keep a tier is measured as of its last day: what was bought by now and
        still counts then.
        """
        membership = subject.membership
        rules = membership.program_id.sudo()._get_rules(subject.today)
        ladder, tier_id = rules.ladder, membership.tier_id.id
        progress = missing_for_next(
            membership._get_ladder_figures(subject.today), ladder, tier_id
        )
        ways = {"next": False, "keep": False}
        if progress:
            following = self.env["member.tier"].browse(progress.tier_id)
            ways["next"] = {
                "tier": following.name,
                "color": following.color,
                "percent": int(progress.share * 100),
                "ways": [self._say_way(subject, way) for way in progress.ways[:3]],
            }
        last_day = membership.valid_until
        if last_day and last_day >= subject.today:
            figures = membership._get_ladder_figures(last_day)
            way = find_decisive(figures, ladder, tier_id, keeps=True)
            if way:
                ways["keep"] = {
                    "until": self._format_day(last_day),
                    "percent": int(way.share * 100),
                    "is_kept": all(gap.holds for gap in way.gaps),
                    "way": self._say_way(subject, way),
                }
        return ways

    @api.model
    def _say_way(self, subject, way):
        """Say each condition of a way, for staff: with tags, and with what is met."""
        membership = subject.membership
        return [
            {
                "text": membership._say_condition(gap)
                if gap.holds or not gap.missing
                else membership._say_gap(gap),
                "holds": gap.holds,
                "percent": int(gap.share * 100),
            }
            for gap in way.gaps
        ]

    @api.model
    def _portray_points(self, subject):
        """Return what can be spent, what is pending or owed, and what expires next."""
        if not subject.program or not self._may_read("member.point.statement"):
            return {}
        holders = subject.customer | subject.partner
        statements = self.env["member.point.statement"].search(
            [
                ("owner_id", "in", holders.ids),
                ("program_id", "=", subject.program.id),
                ("active", "=", True),
                ("wallet_id", "=", subject.program.wallet_id.id),
            ],
            limit=len(holders),
        )
        return (
            {
                "purses": [
                    {
                        **self._link(one),
                        "code": one.code,
                        "owner": one.owner_id.display_name or "",
                        "is_own": one.is_own,
                        "usable": self._format_number(one.usable_points),
                        "pending": one.pending_points
                        and self._format_number(one.pending_points),
                        "debt": one.debt and self._format_number(one.debt),
                        "expiring": one.next_expiry
                        and self._format_number(one.next_expiry_points),
                        "expires_on": self._format_day(one.next_expiry),
                    }
                    for one in statements
                ]
            }
            if statements
            else {}
        )

    @api.model
    def _portray_benefits(self, subject):
        """Return what the member has today, with what is left."""
        if not subject.membership.active:
            return {}
        held = self.env["member.benefit.entitlement"].search(
            [("membership_id", "=", subject.membership.id)],
            order="family, sequence, id",
            limit=BENEFITS,
        )
        return held and {
            "benefits": [
                {
                    **self._link(one.benefit_id),
                    "icon": one.icon or "fa-gift",
                    "family": self._get_label(one, "family"),
                    "left": one.left_text,
                    "is_used_up": bool(one.quota) and one.available <= 0,
                    "until": self._format_day(one.usable_until),
                    "last_used": self._format_day(one.last_used_on),
                }
                for one in held
            ]
        }

    @api.model
    def _portray_tags(self, subject):
        """Return the customer's tags."""
        tags = subject.customer.member_tag_ids
        return tags and {
            "tags": [
                {"id": tag.id, "name": tag.name, "color": tag.color} for tag in tags
            ]
        }
