from markupsafe import Markup

from odoo import api, fields, models


class MemberCallWords(models.AbstractModel):
    """Why a customer is called and what to offer, in the reader's language.

    Reasons may quote customers: they are text, and escaped wherever they become HTML.
    """

    _name = "member.call.words"
    _description = "Words of a Call"

    reason = fields.Text(compute="_compute_reason", compute_sudo=True)
    offer_id = fields.Many2one(
        comodel_name="member.call.offer", readonly=True, ondelete="set null"
    )
    offer = fields.Char(string="What to Offer", compute="_compute_offer")
    product_ids = fields.Many2many(
        comodel_name="product.product",
        relation="member_call_product_rel",
        column1="call_id",
        column2="product_id",
        string="Products",
        readonly=True,
        help="What the customer looked at, what the offer is about, and what they"
        " bought before.",
    )

    @api.depends("signal_ids.kind", "signal_ids.facts", "signal_ids.ended_on")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_reason(self):
        for call in self:
            call.reason = "\n".join(call._get_reasons())

    @api.depends("offer_id.text")
    @api.depends_context("lang")
    def _compute_offer(self):
        for call in self:
            call.offer = call.sudo().offer_id.text

    def _get_reasons(self):
        """Return one sentence for each signal: those that hold, else all."""
        self.ensure_one()
        signals = self.sudo().signal_ids.sorted(lambda one: (-one.weight, one.id))
        holding = signals.filtered(lambda one: not one.ended_on)
        return [signal.reason for signal in holding or signals]

    def _prepare_texts(self):
        """Return summary and note of the activity, in the language of who calls.

        They name no document that the caller may not see.
        """
        self.ensure_one()
        caller = self.user_id or self.env.user
        call = self.with_user(caller).sudo()
        call = call.with_context(lang=caller.lang or self.env.lang)
        reasons = call._get_reasons()
        lines = Markup().join(Markup("<li>%s</li>") % reason for reason in reasons)
        note = Markup("<ul>%s</ul>") % lines
        for said in (call._say_offer(), call._say_products()):
            if said:
                note += Markup("<p>%s</p>") % said
        return {
            "summary": call.env._("Call: %(reason)s", reason=reasons[0])
            if reasons
            else call.env._("Call"),
            "note": note,
        }

    def _say_offer(self):
        self.ensure_one()
        if self.offer:
            return self.env._("Offer: %(offer)s", offer=self.offer)
        return False

    def _say_products(self):
        self.ensure_one()
        if names := self.product_ids.mapped("display_name"):
            return self.env._("Products: %(products)s", products=", ".join(names))
        return False
