from odoo import Command, models

from ..logic.native_engine import ENGINE, KEY


class MemberOrderEngine(models.AbstractModel):
    """What the suite assumes of Odoo here: only these methods of an order write
    rewards on its lines, points on its coupons and rows of the history of cards.

    They run as the user. What they write, that user may not write from outside, so
    they carry a mark that nobody outside can set (``logic.native_engine``).
    """

    _name = "member.order.engine"
    _description = "Odoo's Loyalty Engine at Work"

    def _as_engine(self):
        """Return these orders with the mark of the engine."""
        return self.with_context(**{KEY: ENGINE})

    def _update_programs_and_rewards(self):
        """Override of `sale_loyalty` to let the engine write rewards and points."""
        return super(
            MemberOrderEngine, self._as_engine()
        )._update_programs_and_rewards()

    def _apply_program_reward(self, reward, coupon, **kwargs):
        """Override of `sale_loyalty` to let the engine write reward lines."""
        return super(MemberOrderEngine, self._as_engine())._apply_program_reward(
            reward, coupon, **kwargs
        )

    def _action_cancel(self):
        """Override of `sale_loyalty` to let the engine take back what it wrote.

        Odoo has it delete rows that a salesperson may not delete.
        """
        return super(MemberOrderEngine, self._as_engine())._action_cancel()

    def _add_loyalty_history_lines(self):
        """Override of `sale_loyalty` to let the engine write the history."""
        return super(MemberOrderEngine, self._as_engine())._add_loyalty_history_lines()

    def _update_loyalty_history(self, coupon_id, points):
        """Override of `sale_loyalty` to let the engine write the history."""
        return super(MemberOrderEngine, self._as_engine())._update_loyalty_history(
            coupon_id, points
        )

    def copy(self, default=None):
        """Override of `sale_loyalty`, which copies reward lines and removes them.

        Whoever says what lines the copy has is a caller from outside, not the engine.
        """
        if _writes_records(default or {}):
            return super().copy(default)
        copies = super(MemberOrderEngine, self._as_engine()).copy(default)
        return copies.with_env(self.env)


def _writes_records(values):
    """Tell whether values make or change records behind x2many fields."""
    return any(
        isinstance(command, (list, tuple))
        and command
        and command[0] in (Command.CREATE, Command.UPDATE)
        for commands in values.values()
        if isinstance(commands, (list, tuple))
        for command in commands
    )
