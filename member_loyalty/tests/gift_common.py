from odoo import Command, fields

from .benefit_common import BenefitCommon


class GiftsCommon(BenefitCommon):
    """Gifts of a club, and what becomes of them; today is 15 March 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.notify_members = True

    @classmethod
    def _create_gift(cls, occasion="birthday", tiers=None, **values):
        """Make a gift for members of every tier, unless tiers are given."""
        return cls._create_benefit(
            "gift",
            tiers=cls.program.tier_ids if tiers is None else tiers,
            name=values.pop("name", occasion.capitalize()),
            gift_occasion=occasion,
            **values,
        )

    @classmethod
    def _create_coupon_program(cls, discount=10, **values):
        return cls.env["loyalty.program"].create(
            {
                "name": "Present",
                "program_type": "coupons",
                "applies_on": "current",
                "trigger": "with_code",
                "rule_ids": False,
                "communication_plan_ids": False,
                "reward_ids": [
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount": discount,
                            "discount_mode": "percent",
                            "discount_applicability": "order",
                            "required_points": 1,
                        }
                    )
                ],
                **values,
            }
        )

    @classmethod
    def _create_coupon_gift(cls, occasion="birthday", **values):
        return cls._create_gift(
            occasion,
            gift_gives="coupon",
            gift_coupon_program_id=cls._create_coupon_program().id,
            **values,
        )

    @classmethod
    def _create_born(cls, birthday, name="Ada", **values):
        return cls._create_member(name, member_birthday=birthday, **values)

    def _go(self, day):
        """Let it be another day, and the scheduled action run twice."""
        self._travel_to(f"{day} 08:00:00")
        self._give()
        self._give()

    def _give(self):
        self.env.flush_all()
        with self._without_commits():
            self.env["member.benefit"]._cron_give_gifts()
        self.env.invalidate_all()

    def _follow_up(self):
        self.env.flush_all()
        with self._without_commits():
            self.env["member.follow.up"]._cron_follow_up()
        self.env.invalidate_all()

    def _get_gifts(self, *customers, **values):
        domain = [(name, "=", value) for name, value in values.items()]
        partner_ids = [customer.id for customer in customers]
        if partner_ids:
            domain.append(("partner_id", "in", partner_ids))
        return self.env["member.benefit.gift.issue"].search(domain, order="id")

    def _get_days(self, customer):
        """Return the days on which a customer was given something."""
        return [
            fields.Date.to_string(issue.given_on) for issue in self._get_gifts(customer)
        ]

    def _get_told(self, customer, kind=None):
        """Return the kinds of the messages that a customer got."""
        messages = self.env["member.notification"].search(
            [("partner_id", "=", customer.id)], order="id"
        )
        kinds = [
            one.kind if isinstance(one.kind, str) else one.kind.code for one in messages
        ]
        return [one for one in kinds if kind in (None, one)]
