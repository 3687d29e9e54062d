import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Says beside a moment how long it is until then. The moment itself stands there
 * without JavaScript; screen readers are not told of each second.
 */
export class MemberCountdown extends Interaction {
    static selector = ".o_member_countdown";

    start() {
        this.leftEl = this.el.parentElement.querySelector(".o_member_countdown_left");
        this.moment = Date.parse(this.el.getAttribute("datetime"));
        if (this.leftEl && !Number.isNaN(this.moment)) {
            this.tick();
        }
    }

    tick() {
        const left = this.moment - Date.now();
        this.leftEl.textContent = left > 0 ? `(${this.say(left)})` : "";
        if (left > 0) {
            this.waitForTimeout(() => this.tick(), left < DAY ? SECOND : MINUTE);
        }
    }

    say(left) {
        const days = Math.floor(left / DAY);
        const pad = (number) => String(number).padStart(2, "0");
        const hours = pad(Math.floor((left % DAY) / HOUR));
        const minutes = pad(Math.floor((left % HOUR) / MINUTE));
        if (days) {
            return _t("%(days)s d %(hours)s h %(minutes)s min", { days, hours, minutes });
        }
        const seconds = pad(Math.floor((left % MINUTE) / SECOND));
        return `${hours}:${minutes}:${seconds}`;
    }
}

registry
    .category("public.interactions")
    .add("member_loyalty_website.member_countdown", MemberCountdown);
