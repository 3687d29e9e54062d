from odoo import api, fields, models


class MemberDuplicateReason(models.AbstractModel):
    """Says in the reader's language why two customers may be one."""

    _name = "member.duplicate.reason"
    _description = "Reasons of a Duplicate"

    reasons = fields.Json(readonly=True, help="Kind, points and what is shared.")
    reason_kinds = fields.Char(readonly=True, help="The kinds of all reasons.")
    reason_text = fields.Text(
        string="Why", compute="_compute_reason_text", compute_sudo=True
    )

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        for pair in self:
            pair.reason_text = "\n".join(pair._say_reasons())

    def _say_reasons(self):
        """Return a sentence for each reason, with its points."""
        self.ensure_one()
        said = []
        for kind, points, value in self.reasons or ():
            sentence = self._say_reason_of(kind, value)
            said.append(f"{points:+d}  {sentence}")
        return said

    @api.model
    def _say_reason_of(self, kind, value):
        """Return what speaks for or against it, in one sentence.

        :param str kind: of the reasons of ``logic.duplicate_score``
        :param str value: what is shared; text that somebody typed
        """
        sentences = {
            "vat": self.env._("Same tax number: %(value)s", value=value),
            "mail": self.env._("Same mail address: %(value)s", value=value),
            "domain": self.env._("Same mail domain: %(value)s", value=value),
            "phone": self.env._("Same phone number: %(value)s", value=value),
            "same_name": self.env._("Same name, apart from spelling and legal form"),
            "alike_name": self.env._(
                "Almost the same name (%(value)s%% alike)", value=value
            ),
            "similar_name": self.env._(
                "Similar names (%(value)s%% alike)", value=value
            ),
            "address": self.env._("Same street, in %(value)s", value=value),
            "other_name": self.env._("Different names"),
            "other_vat": self.env._("Different tax numbers of one country"),
            "other_country": self.env._("Different countries"),
            "other_kind": self.env._("One is a company, the other a person"),
        }
        return sentences.get(kind, kind)
