import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";

/**
 * Puts a product on the inquiry list without leaving the page. Without it the button
 * sends its form, and the list is shown.
 */
export class MemberInquiryAdd extends Interaction {
    static selector = ".o_member_inquiry_add";
    dynamicContent = {
        _root: { "t-on-click.prevent": this.locked(this.onClick) },
    };

    async onClick() {
        const fields = new FormData(this.el.form);
        if (this.el.name) {
            fields.set(this.el.name, this.el.value);
        }
        fields.set("answer", "json");
        try {
            const request = fetch(this.el.formAction, { method: "POST", body: fields });
            const response = await this.waitFor(request);
            if (!response.ok) {
                throw new Error(response.statusText);
            }
            this.say(await this.waitFor(response.json()));
        } catch {
            this.say({ error: _t("This did not work. Please load the page again.") });
        }
    }

    /**
     * @param {{count: (number|undefined), error: (string|undefined)}} answer
     */
    say({ count, error }) {
        if (count) {
            this.showCount(count);
        }
        const answerEl = this.el.parentElement.querySelector(".o_member_inquiry_answer");
        answerEl.replaceChildren();
        answerEl.append(error || _t("It is on your inquiry list."), " ");
        answerEl.classList.toggle("text-danger", Boolean(error));
        if (!error) {
            const linkEl = document.createElement("a");
            linkEl.href = "/shop/inquiry";
            linkEl.textContent = _t("Look at the list");
            this.insert(linkEl, answerEl);
        }
    }

    /**
     * @param {number} count lines on the list
     */
    showCount(count) {
        for (const itemEl of document.querySelectorAll(".o_member_inquiry_link")) {
            itemEl.classList.remove("d-none");
            itemEl.querySelector(".o_member_inquiry_count").textContent = count;
        }
    }
}

registry
    .category("public.interactions")
    .add("member_loyalty_website.member_inquiry_add", MemberInquiryAdd);
