import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { browser } from "@web/core/browser/browser";

/**
 * Copies a member's link. Without it the link is a field to copy from.
 */
export class ReferralLink extends Interaction {
    static selector = ".o_member_referral_link";
    dynamicContent = {
        ".o_member_copy": {
            "t-att-class": () => ({ "d-none": false }),
            "t-on-click": this.onCopy,
        },
    };

    async onCopy(ev) {
        const buttonEl = ev.currentTarget;
        const inputEl = this.el.querySelector("input");
        inputEl.select();
        let message = buttonEl.dataset.copied;
        try {
            await this.waitFor(browser.navigator.clipboard.writeText(inputEl.value));
        } catch {
            message = buttonEl.dataset.failed;
        }
        const saidEl = this.el.parentElement.querySelector(".o_member_copied");
        saidEl.textContent = message;
    }
}

registry
    .category("public.interactions")
    .add("member_loyalty_website.referral_link", ReferralLink);
