from odoo import api, fields, models


class MemberScoreClass(models.Model):
    """A class that scores put members into, as a record: to choose several at once."""

    _name = "member.score.class"
    _description = "Class of Scores"
    _order = "kind, sequence, id"
    _log_access = False

    name = fields.Char(compute="_compute_name", search="_search_name")
    kind = fields.Selection(
        selection=[("segment", "RFM Segment"), ("stage", "Life Cycle Stage")],
        required=True,
        readonly=True,
    )
    code = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(readonly=True)

    _one_per_code = models.UniqueIndex("(kind, code)")

    @api.depends("kind", "code")
    @api.depends_context("lang")
    def _compute_name(self):
        labels = self._get_labels()
        for one in self:
            one.name = labels.get((one.kind, one.code), one.code)

    @api.model
    def _search_name(self, operator, value):
        """Find classes by the words of the user's language."""
        if operator not in ("in", "ilike", "=ilike", "like"):
            return NotImplemented
        labels = self._get_labels()
        wanted = [value] if isinstance(value, str) else list(value)
        found = [
            key
            for key, label in labels.items()
            if any(self._is_called(label, operator, one) for one in wanted)
        ]
        return fields.Domain.OR(
            fields.Domain("kind", "=", kind) & fields.Domain("code", "=", code)
            for kind, code in found
        )

    @staticmethod
    def _is_called(label, operator, wanted):
        """Tell whether a label is what somebody looks for."""
        if operator == "in":
            return label == wanted
        return str(wanted or "").strip("%").lower() in label.lower()

    @api.model
    def _get_labels(self):
        """Return what the classes are called, by (kind, code)."""
        score = self.env["member.score"]
        return {
            (kind, code): label
            for kind in ("segment", "stage")
            for code, label in score._fields[kind]._description_selection(self.env)
        }

    @api.model
    def _add_missing(self):
        """Make a record for each class that scores know."""
        known = {(one.kind, one.code) for one in self.search([("code", "!=", False)])}
        self.create(
            [
                {"kind": kind, "code": code, "sequence": position}
                for position, (kind, code) in enumerate(self._get_labels())
                if (kind, code) not in known
            ]
        )
