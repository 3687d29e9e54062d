import { cookie } from "@web/core/browser/cookie";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { VisibleTime } from "./visible_time";

/**
 * Tells the shop, when a product page is left or hidden, how long it was to be seen.
 * Says nothing to whom optional cookies are not allowed; the server asks again.
 */
export class ProductInterest extends Interaction {
    static selector = "#product_detail[data-member-product]";
    dynamicContent = {
        _document: { "t-on-visibilitychange": this.onVisibilityChange },
        _window: { "t-on-pagehide": this.report },
    };

    setup() {
        this.time = new VisibleTime(document);
        this.isFirst = true;
        this.isFromSearch = this.hasSearched();
    }

    onVisibilityChange() {
        this.time.update();
        if (document.visibilityState === "hidden") {
            this.report();
        }
    }

    report() {
        const seconds = this.time.takeSeconds();
        if (!this.time.wasSeen || !cookie.isAllowedCookie("optional")) {
            return;
        }
        if (!seconds && !this.isFirst) {
            return;
        }
        const form = new FormData();
        form.append("csrf_token", odoo.csrf_token);
        form.append("product_id", this.el.dataset.memberProduct);
        form.append("seconds", seconds);
        form.append("first", this.isFirst ? "1" : "0");
        form.append("search", this.isFromSearch ? "1" : "0");
        navigator.sendBeacon("/shop/member/interest", form);
        this.isFirst = false;
    }

    /**
     * Tell whether a search in this shop led here.
     *
     * @returns {boolean}
     */
    hasSearched() {
        if (!URL.canParse(document.referrer)) {
            return false;
        }
        const from = new URL(document.referrer);
        return from.origin === location.origin && Boolean(from.searchParams.get("search"));
    }
}

registry
    .category("public.interactions")
    .add("member_loyalty_website.product_interest", ProductInterest);
