import { post } from "@web/core/network/http_service";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const SEEN_AFTER = 3000; // milliseconds
const STEP = 500;

/** Tells once that the page of a shared link was really seen: not by opening alone. */
export class MemberShareLanding extends Interaction {
    static selector = ".o_member_share_landing";

    start() {
        this.watch(0);
    }

    /** @param {number} seen how long the page was visible so far, in milliseconds */
    watch(seen) {
        if (seen >= SEEN_AFTER) {
            this.tell();
            return;
        }
        const step = document.visibilityState === "visible" ? STEP : 0;
        this.waitForTimeout(() => this.watch(seen + step), STEP);
    }

    async tell() {
        const token = encodeURIComponent(this.el.dataset.token);
        await this.waitFor(
            post(`/m/s/${token}/visit`, { csrf_token: odoo.csrf_token }, "text")
        );
    }
}

registry
    .category("public.interactions")
    .add("member_loyalty_website.share_landing", MemberShareLanding);
