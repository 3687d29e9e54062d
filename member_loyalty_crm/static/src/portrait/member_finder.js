import { Component, useRef, useState } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const SHORTEST = 2;
const PAUSE = 250; // ms after the last key

/** A box that takes a code (typed or scanned), a name, a mail address or a number. */
export class MemberFinder extends Component {
    static template = "member_loyalty_crm.MemberFinder";
    static props = {
        isLarge: { type: Boolean, optional: true },
        onChoose: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({ text: "", matches: null, active: 0 });
        this.box = this.props.isLarge ? useAutofocus({ refName: "box" }) : useRef("box");
        this.findSoon = useDebounced(() => this.find(), PAUSE);
    }

    async find() {
        const text = this.state.text.trim();
        if (text.length < SHORTEST) {
            this.state.matches = null;
            return [];
        }
        const matches = await this.keepLast.add(
            this.orm.silent.call("member.portrait", "find_members", [text])
        );
        this.found = text;
        this.state.matches = matches;
        this.state.active = 0;
        return matches;
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.findSoon();
    }

    async onKeydown(ev) {
        const matches = this.state.matches || [];
        if (ev.key === "Enter") {
            ev.preventDefault();
            return this.onEnter();
        }
        if (ev.key === "Escape" && this.state.matches) {
            ev.stopPropagation();
            this.clear();
        } else if (ev.key === "ArrowDown" && matches.length) {
            ev.preventDefault();
            this.state.active = (this.state.active + 1) % matches.length;
        } else if (ev.key === "ArrowUp" && matches.length) {
            ev.preventDefault();
            this.state.active = (this.state.active - 1 + matches.length) % matches.length;
        }
    }

    /** A scanner ends with Enter, before the list is there: what it names opens. */
    async onEnter() {
        this.findSoon.cancel();
        if (this.found === this.state.text.trim() && this.state.matches?.length) {
            return this.choose(this.state.matches[this.state.active]);
        }
        const matches = await this.find();
        const byCode = matches.filter((match) => match.is_code);
        if (matches.length === 1 || byCode.length === 1) {
            return this.choose(byCode[0] || matches[0]);
        }
    }

    choose(match) {
        this.clear();
        return this.props.onChoose(match.id);
    }

    clear() {
        this.findSoon.cancel();
        Object.assign(this.state, { text: "", matches: null, active: 0 });
        this.found = "";
    }
}

/** The page "Find a Member". */
export class MemberFinderPage extends Component {
    static template = "member_loyalty_crm.MemberFinderPage";
    static components = { Layout, MemberFinder };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.display = { controlPanel: {} };
    }

    openPortrait(partnerId) {
        return this.action.doAction("member_loyalty_crm.member_portrait_action", {
            props: { resId: partnerId },
        });
    }
}

registry.category("actions").add("member_finder", MemberFinderPage);
