from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic.point_expiry import start_of_day
from ..queries import point_warning
from ..queries.execution import execute_quietly

CARDS_AT_ONCE = 2000
EARLIEST = 366  # days


class MemberProgramPointsWarning(models.AbstractModel):
    """Members are told before their points expire, and what these would buy."""

    _name = "member.program.points.warning"
    _description = "Warnings of Expiring Points"

    @api.constrains("points_warning_days")
    def _check_warning_days(self):
        for program in self:
            program._get_warning_days()

    def _get_warning_days(self):
        """Return the days before expiry on which members are told, largest first.

        :raises ValidationError: when it is no list of whole days
        """
        self.ensure_one()
        words = (self.points_warning_days or "").replace(";", ",").split(",")
        numbers = [word.strip() for word in words if word.strip()]
        if not all(
            number.isascii() and number.isdigit() and 1 <= int(number) <= EARLIEST
            for number in numbers
        ):
            raise ValidationError(
                self.env._(
                    "“%(days)s” does not say when members of %(program)s are warned."
                    " Enter whole days from 1 to %(most)s with commas, such as 30, 7,"
                    " or nothing to warn nobody.",
                    days=self.points_warning_days,
                    program=self.name,
                    most=EARLIEST,
                )
            )
        return tuple(sorted(set(map(int, numbers)), reverse=True))

    @api.model
    def _cron_warn_of_expiry(self):
        """Tell members whose points expire soon, in every program."""
        self._warn_of_expiry(fields.Datetime.now())

    @api.model
    def _warn_of_expiry(self, at):
        """Tell each member once for each last day and number of days before it.

        A day that was missed is made up for. Warnings and their mails are one
        transaction: neither is there without the other.

        :param at: naive UTC datetime
        :return: how many warnings were given
        """
        programs = self._get_warned_programs(at)
        after, count, looked_at = 0, 0, CARDS_AT_ONCE
        while programs and looked_at == CARDS_AT_ONCE:
            looked_at, after, given = self.env["member.batch"]._run_batch(
                lambda after=after: self._warn_next_cards(programs, at, after)
            )
            count += given
            remaining = int(looked_at == CARDS_AT_ONCE)
            if not self.env["ir.cron"]._commit_progress(given, remaining=remaining):
                break
        return count

    @api.model
    def _get_warned_programs(self, at):
        """Return the programs that warn, as the query wants to know them."""
        programs = self.env["member.program"].sudo()
        programs = programs.search([("points_warning_days", "!=", False)])
        found = []
        for program in programs:
            if days := program._get_warning_days():
                zone = program.company_id._get_member_timezone()
                today = program.company_id._get_member_day(at)
                beyond = today + timedelta(days=days[0] + 1)
                found.append(
                    point_warning.Warned(
                        program.id, today, str(zone), days, start_of_day(beyond, zone)
                    )
                )
        return found

    @api.model
    def _warn_next_cards(self, programs, at, after):
        """Warn the owners of the next cards.

        :return: cards looked at, the last of them, how many warnings were given
        """
        [(looked_at, last, warning_ids)] = execute_quietly(
            self.env,
            point_warning.warn(self.env, programs, at, after, CARDS_AT_ONCE),
        )
        warnings = self.env["member.point.warning"].sudo().browse(warning_ids)
        warnings._queue_mails()
        return looked_at, last, len(warnings)

    @api.model
    def _get_affordable_rewards(self, card):
        """Return the rewards that a member may have for the points of a card.

        Dearest first, at the prices of the member's tier.

        :param card: a ``loyalty.card`` kept by the ledger
        :return: {``loyalty.reward``: points}
        """
        card = card.sudo()
        owner = card.member_owner_id
        tier = card.member_program_id._get_spending_tier(owner)
        prices = {
            reward: reward._get_member_price(tier)
            for reward in card.program_id.reward_ids
            if reward.active
            and (not reward.member_tier_ids or tier in reward.member_tier_ids)
            and (
                not reward.member_tag_ids
                or reward.member_tag_ids & owner.member_tag_ids
            )
        }
        points = card.member_usable_points
        return {
            reward: price
            for reward, price in sorted(
                prices.items(), key=lambda item: (-item[1], item[0].id)
            )
            if price <= points
        }
