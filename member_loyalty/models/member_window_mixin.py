from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic.windows import WINDOW_TYPES_WITH_LENGTH, Window


class MemberWindowMixin(models.AbstractModel):
    """The days that are looked at: the last twelve months, this year, ever."""

    _name = "member.window.mixin"
    _description = "Window of Days"

    window_type = fields.Selection(
        selection="_selection_window_type",
        string="Window",
        default="rolling_months",
        required=True,
    )
    window_length = fields.Integer(
        string="Length",
        default=12,
        help="How many months or days, today included.",
    )

    @api.model
    def _selection_window_type(self):
        """Return the windows to choose from, as selection values."""
        return [
            ("rolling_months", self.env._("in the last months")),
            ("rolling_days", self.env._("in the last days")),
            ("calendar_month", self.env._("in this calendar month")),
            ("calendar_quarter", self.env._("in this calendar quarter")),
            ("calendar_year", self.env._("in this calendar year")),
            ("anniversary", self.env._("since the anniversary of joining")),
            ("lifetime", self.env._("ever")),
        ]

    @api.constrains("window_type", "window_length")
    def _check_window_length(self):
        for record in self:
            if record._has_window_length() and record.window_length < 1:
                raise ValidationError(
                    self.env._(
                        "A window that moves with today needs a length of at least 1."
                        " Enter how many months or days count, for example 12."
                    )
                )

    def _has_window_length(self):
        """Tell whether the length matters for this type of window."""
        self.ensure_one()
        return self.window_type in WINDOW_TYPES_WITH_LENGTH

    def _get_window(self):
        """Return the window as the pure :class:`Window` of the logic layer."""
        self.ensure_one()
        return Window(
            self.window_type, self.window_length if self._has_window_length() else 0
        )

    def _get_window_label(self):
        """Return the window in words, such as "in the last 12 months"."""
        self.ensure_one()
        if self.window_type == "rolling_months":
            return self.env._("in the last %(count)s months", count=self.window_length)
        if self.window_type == "rolling_days":
            return self.env._("in the last %(count)s days", count=self.window_length)
        return dict(self._selection_window_type())[self.window_type]
