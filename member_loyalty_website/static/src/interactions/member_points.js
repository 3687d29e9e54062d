import { patch } from "@web/core/utils/patch";
import { markup } from "@odoo/owl";
import { setElementContent } from "@web/core/utils/html";
import { Checkout } from "@website_sale/interactions/checkout";
import { WebsiteSale } from "@website_sale/interactions/website_sale";

patch(WebsiteSale.prototype, {
    /**
     * Say what the chosen variant and quantity will earn.
     *
     * @override method from `@website_sale/js/variant_mixin`
     */
    _onChangeCombination(ev, parent, combination) {
        super._onChangeCombination(...arguments);
        const hintsEl = parent.querySelector(".o_member_point_hints");
        if (!hintsEl || combination.member_point_hints === undefined) {
            return;
        }
        const hintEls = combination.member_point_hints.map((sentence) => {
            const hintEl = document.createElement("div");
            hintEl.textContent = sentence;
            return hintEl;
        });
        hintsEl.replaceChildren(...hintEls);
    },
});

patch(Checkout.prototype, {
    /**
     * Renew what the cart will earn, for the delivery may have changed it.
     *
     * @override method from `@website_sale/interactions/checkout`
     */
    _updateCartSummary(result, targetEl) {
        super._updateCartSummary(...arguments);
        if (result.member_point_hints === undefined) {
            return;
        }
        for (const bodyEl of targetEl.querySelectorAll(".o_member_point_hint_rows")) {
            setElementContent(bodyEl, markup(result.member_point_hints));
        }
    },
});
