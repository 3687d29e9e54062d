import { cookie } from "@web/core/browser/cookie";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/**
 * Tells the shop what was searched for, once the results are there: the page itself
 * writes nothing and waits for nothing.
 */
export class ProductSearch extends Interaction {
    static selector = ".o_wsale_products_page[data-member-search]";

    start() {
        if (!cookie.isAllowedCookie("optional")) {
            return;
        }
        const form = new FormData();
        form.append("csrf_token", odoo.csrf_token);
        form.append("words", this.el.dataset.memberSearch);
        navigator.sendBeacon("/shop/member/search", form);
    }
}

registry
    .category("public.interactions")
    .add("member_loyalty_website.product_search", ProductSearch);
