from odoo import api, models


class MemberReferralWords(models.AbstractModel):
    """What is said of referrals: to officers all of it, to the referrer no secrets."""

    _name = "member.referral.words"
    _description = "Referrals in Words"

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        words = self._get_reasons_for_officers()
        for referral in self:
            referral.reason_text = "\n".join(
                words.get(code, code) for code in referral._get_reason_codes()
            )

    def _get_reason_codes(self):
        """Return the codes of what speaks against it."""
        self.ensure_one()
        return [code for code in (self.reasons or "").split(",") if code]

    @api.model
    def _get_reasons_for_officers(self):
        """Return what each reason means to who decides."""
        return {
            "entity": self.env._("Both are the same company."),
            "vat": self.env._("Both have the same VAT number."),
            "account": self.env._("Both have the same bank account."),
            "mail": self.env._("A mail address is the same on both sides."),
            "phone": self.env._("A phone number is the same on both sides."),
            "domain": self.env._(
                "Both have addresses at the same company's mail domain."
            ),
            "address": self.env._("An address is the same on both sides."),
            "existing": self.env._("The company was a customer before it registered."),
            "referred_before": self.env._(
                "Another contact of the company was referred before."
            ),
            "known": self.env._(
                "A customer with the same VAT number, mail address or company mail"
                " domain bought before."
            ),
            "not_member": self.env._("The referrer is no longer a member."),
            "too_many": self.env._("The referrer has had as many referrals as count."),
        }

    @api.model
    def _get_reasons_for_members(self):
        """Return what each reason means to the referrer: nothing of other customers."""
        own = self.env._("The company that registered seems to be your own.")
        new = self.env._("The company that registered was not new to us.")
        return {
            "entity": own,
            "vat": self.env._("It has the same VAT number as your company."),
            "account": self.env._("It has the same bank account as your company."),
            "mail": self.env._("It has the same mail address as your company."),
            "phone": self.env._("It has the same phone number as your company."),
            "domain": self.env._("It has the same company mail domain as yours."),
            "address": self.env._("It has the same address as your company."),
            "existing": new,
            "referred_before": new,
            "known": new,
            "not_member": self.env._("You were no longer a member."),
            "too_many": self.env._("You had as many referrals as count in the period."),
        }

    def _say_to_referrer(self):
        """Return the reasons of a refusal as the referrer reads them, as a list."""
        self.ensure_one()
        if self.state != "refused":
            return []
        if self.decided_by_id:
            return [self.officer_reason or ""]
        words = self._get_reasons_for_members()
        found = [words[code] for code in self._get_reason_codes() if code in words]
        return list(dict.fromkeys(found))

    def _get_state_for_referrer(self):
        """Return the state as the referrer reads it."""
        self.ensure_one()
        return {
            "bound": self.env._("Registered: waiting for the first order"),
            "ordered": self.env._("Ordered: waiting for the payment"),
            "waiting": self.env._("Paid: waiting for the end of the return window"),
            "rewarded": self.env._("Rewarded"),
            "refused": self.env._("Does not count"),
            "lapsed": self.env._("Lapsed: there was no order in time"),
            "taken_back": self.env._("Taken back: the order was returned"),
        }[self.state]

    def _say_company_to_referrer(self):
        """Return how the referrer knows the company: a letter and the country.

        Who registered has not agreed that others read their name.
        """
        self.ensure_one()
        company = self.contact_id.sudo().commercial_partner_id
        letter = (company.name or "").strip()[:1].upper() or "?"
        if not company.country_id:
            return self.env._("%(letter)s…", letter=letter)
        return self.env._(
            "%(letter)s… (%(country)s)", letter=letter, country=company.country_id.name
        )
