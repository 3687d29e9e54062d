import { patch } from "@web/core/utils/patch";
import { markup } from "@odoo/owl";
import { setElementContent } from "@web/core/utils/html";
import { Checkout } from "@website_sale/interactions/checkout";

patch(Checkout.prototype, {
    /**
     * Renew what benefits take off, for the freight may have changed.
     *
     * @override method from `@website_sale/interactions/checkout`
     */
    _updateCartSummary(result, targetEl) {
        super._updateCartSummary(...arguments);
        if (result.member_benefit_rows === undefined) {
            return;
        }
        for (const bodyEl of targetEl.querySelectorAll(".o_member_benefit_rows")) {
            setElementContent(bodyEl, markup(result.member_benefit_rows));
        }
    },
});
