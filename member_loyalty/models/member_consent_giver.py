from odoo import fields, models
from odoo.exceptions import UserError

from ..logic import consent as decide
from ..queries import consents as queries
from ..queries.execution import execute_quietly
from .member_consent_purpose import MARKETING


class MemberConsentGiver(models.AbstractModel):
    """What a contact agreed to."""

    _name = "member.consent.giver"
    _description = "Contact who Gives Consent"

    member_consent_ids = fields.One2many(
        comodel_name="member.consent",
        inverse_name="partner_id",
        string="Consents",
        readonly=True,
        groups="member_loyalty.member_loyalty_group_user",
    )

    def action_open_consents(self):
        """Open what the contact, and the contacts of a company, agreed to."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_consent_action"
        )
        action["domain"] = [("partner_id", "child_of", self.ids)]
        action["context"] = {"default_partner_id": self.id}
        return action

    def _get_consent(self, purpose, company=None):
        """Return what a contact said to a purpose.

        :param str purpose: code of the purpose, such as "profiling"
        :param company: whose purpose; the current company's unless given
        :return: "given", "refused" (withdrawn too), or "" when never asked
        """
        self.ensure_one()
        return self._get_consents(purpose, company)[self.id]

    def _get_consents(self, purpose, company=None):
        """Return what contacts said to a purpose, by their id, with one query.

        :param str purpose: code of the purpose
        :param company: whose purpose; the current company's unless given
        """
        states = dict.fromkeys(self.ids, decide.NEVER_ASKED)
        if not states:
            return states
        rows = self.env.execute_query(
            queries.last_answers(
                self.env, purpose, (company or self.env.company).id, self.ids
            )
        )
        for partner_id, is_given, version, valid_number in rows:
            answer = decide.Answer(is_given, version)
            states[partner_id] = decide.state(answer, valid_number)
        return states

    def _find_unanswered(self, company):
        """Return the texts that registering asks for and the contact did not answer.

        Who came by an invitation, or by another service such as Google, saw no boxes.

        :return: versions, with rights
        """
        self.ensure_one()
        rows = self.env.execute_query(
            queries.answers_to_registration(self.env, self.id, company.id)
        )
        unanswered = [
            version_id
            for version_id, is_given, number, valid_number in rows
            if is_given is None
            or not decide.state(decide.Answer(is_given, number), valid_number)
        ]
        return self.env["member.consent.version"].sudo().browse(unanswered)

    def _find_allowing(self, purpose, company):
        """Return those of these contacts for whom a purpose may be pursued.

        Everybody when the company does not ask for it.

        :param str purpose: code of the purpose
        """
        found = self.env["member.consent.purpose"]._find_by_code(purpose, company)
        return found._filter_allowed(self) if found else self

    def _set_consent(self, purpose, is_given, how, company=None, **proof):
        """Write down what a contact says to a purpose; it counts at once.

        Saying the same again to the same version changes nothing.

        :param str purpose: code of the purpose
        :param bool is_given: whether the contact agrees
        :param str how: "registration", "settings", "document" or "staff"
        :param proof: ``signature`` (the name typed), ``attachment`` (a signed paper)
        :return: the answer that counts, with rights
        :raises UserError: when nobody is asked for the purpose
        """
        self.ensure_one()
        company = company or self.env.company
        found = self.env["member.consent.purpose"]._find_by_code(purpose, company)
        if not found:
            raise UserError(
                self.env._(
                    "Nobody is asked for “%(purpose)s” yet. Publish a version of its"
                    " text first.",
                    purpose=purpose,
                )
            )
        Consent = self.env["member.consent"].sudo()
        last = Consent.search(
            [("partner_id", "=", self.id), ("purpose_id", "=", found.id)], limit=1
        )
        if self._is_said_again(last, found, is_given, proof):
            return last
        row = self._prepare_consent(found, is_given, how, last, proof)
        [(consent_id,)] = execute_quietly(self.env, queries.insert_once(row))
        Consent.invalidate_model()
        self._follow_consent(found, is_given)
        return Consent.browse(consent_id)

    def _is_said_again(self, last, purpose, is_given, proof):
        """Tell whether the last answer was the same, to the same words.

        A paper is always written down, a signature where there was none.
        """
        if not last or last.is_given != is_given or proof.get("attachment"):
            return False
        if proof.get("signature") and not last._is_signed():
            return False
        return not is_given or last.version_id == purpose.version_id

    def _prepare_consent(self, purpose, is_given, how, last, proof):
        """Return the values of an answer, in the order of ``COLUMNS``."""
        lang = self.env.lang or "en_US"
        version = purpose.version_id.with_context(lang=lang)
        now = fields.Datetime.now()
        attachment = proof.get("attachment")
        return (
            # not the contact alone: two answers that are merged later both stay
            f"{self.id}:{purpose.id}:{last.id or 0}",
            *(self.id, purpose.id, version.id, purpose.company_id.id, is_given),
            *(now, how, lang, version._get_hash(), proof.get("signature") or None),
            *(attachment.id if attachment else None, self.env.uid, self.env.uid, now),
        )

    def _follow_consent(self, purpose, is_given):
        """Do at once what follows from an answer.

        Seam: a module that pursues a purpose begins or ends it here.
        """
        purpose._settle_tags(self)
        if purpose.code == MARKETING and self.sudo().member_no_marketing == is_given:
            self.sudo().member_no_marketing = not is_given
