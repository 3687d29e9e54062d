import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Copies a link or passes it on; without it the link can be copied by hand. */
export class MemberShareLink extends Interaction {
    static selector = ".o_member_share_link";
    dynamicContent = {
        ".o_member_share_copy": {
            "t-on-click": this.onCopy,
            "t-att-class": () => ({ "d-none": !browser.navigator.clipboard }),
        },
        ".o_member_share_native": {
            "t-on-click": this.onShare,
            "t-att-class": () => ({ "d-none": !browser.navigator.share }),
        },
        ".o_member_share_copied": {
            "t-att-class": () => ({ invisible: !this.copied }),
        },
    };

    setup() {
        this.copied = false;
    }

    get url() {
        return this.el.querySelector("input").value;
    }

    async onCopy() {
        await this.waitFor(browser.navigator.clipboard.writeText(this.url));
        this.copied = true;
    }

    async onShare() {
        const title = this.el.dataset.title;
        try {
            await browser.navigator.share({ title, url: this.url });
        } catch (error) {
            if (error.name !== "AbortError") {
                throw error;
            }
        }
    }
}

registry
    .category("public.interactions")
    .add("member_loyalty_website.share_link", MemberShareLink);
