import { markup } from "@odoo/owl";
import { setElementContent } from "@web/core/utils/html";
import { patch } from "@web/core/utils/patch";
import { WebsiteSale } from "@website_sale/interactions/website_sale";

patch(WebsiteSale.prototype, {
    /**
     * Say whether the price of the chosen variant is one of the buyer's tier.
     *
     * @override method from `@website_sale/js/variant_mixin`
     */
    _onChangeCombination(ev, parent, combination) {
        super._onChangeCombination(...arguments);
        const labelEl = parent.querySelector(".o_member_price");
        if (labelEl) {
            labelEl.textContent = combination.member_price_label || "";
            labelEl.classList.toggle("d-none", !combination.member_price_label);
        }
        const saleEl = parent.querySelector(".o_member_sale_block");
        if (saleEl && combination.member_sale_block !== undefined) {
            setElementContent(saleEl, markup(combination.member_sale_block));
            this.services["public.interactions"].startInteractions(saleEl);
        }
    },
});
