import { Component, onWillStart, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { MemberFinder } from "./member_finder";

const CARD_SECTIONS = ["tier", "signals", "points", "invoices", "activities", "benefits", "tags"];
const CHART_HEIGHT = 56;
const RING = 2 * Math.PI * 26;

/** Everything that the reader may know of a customer, on one page or on a card. */
export class MemberPortrait extends Component {
    static template = "member_loyalty_crm.MemberPortrait";
    static components = { Layout, MemberFinder };
    static props = { ...standardActionServiceProps };
    static displayName = _t("Customer 360°");
    static path = "member-portrait"; // a page of its own has no list before it

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        const params = this.props.action.params || {};
        this.isCard = Boolean(params.is_card);
        this.display = this.isCard ? {} : { controlPanel: {} };
        this.state = useState({ portrait: null, isLoading: false });
        this.partnerId = this.props.resId || params.partner_id;
        onWillStart(() => this.load());
    }

    async load() {
        if (!this.partnerId) {
            return;
        }
        this.state.isLoading = true;
        try {
            this.state.portrait = await this.orm.call("member.portrait", "get_portrait", [
                this.partnerId,
            ]);
        } finally {
            this.state.isLoading = false;
        }
        if (!this.isCard) {
            this.props.updateActionState?.({ resId: this.partnerId });
            this.env.config.setDisplayName?.(this.head.name);
        }
    }

    get sections() {
        return this.state.portrait.sections;
    }

    get head() {
        return this.sections.head;
    }

    /** The sections that are shown as cards, in the order of the server. */
    get cards() {
        return Object.keys(this.sections).filter(
            (name) =>
                !["head", "rhythm"].includes(name) &&
                (!this.isCard || CARD_SECTIONS.includes(name))
        );
    }

    get bandClass() {
        const tier = this.sections.tier;
        return tier && !tier.is_former ? `o_member_band_${tier.color}` : "";
    }

    get initials() {
        const words = this.head.name.split(/\s+/).filter(Boolean);
        return words
            .slice(0, 2)
            .map((word) => [...word][0])
            .join("")
            .toUpperCase();
    }

    /** The few figures that are read first. */
    get keyFigures() {
        const { rhythm, orders, invoices, points, score, forecast } = this.sections;
        const figures = [];
        if (rhythm) {
            figures.push({
                name: "year",
                label: _t("Purchases, 12 months"),
                value: rhythm.year,
                note: _t("%(amount)s in all", { amount: rhythm.amount }),
            });
            figures.push({
                name: "last",
                label: _t("Last purchase"),
                value: rhythm.last_on,
                note: this.sayDays(rhythm.days_since),
                // scores are of last night: who bought since is late no more
                isWarning: Boolean(score?.is_late) && rhythm.days_since > score.interval,
            });
        }
        if (orders) {
            figures.push({
                name: "orders",
                label: _t("Orders"),
                value: orders.count,
                note: orders.quotations
                    ? _t("%(count)s open quotations", { count: orders.quotations })
                    : "",
            });
        }
        if (invoices) {
            figures.push({
                name: "due",
                label: _t("Unpaid"),
                value: invoices.due,
                note: invoices.late_count
                    ? _t("%(amount)s overdue", { amount: invoices.overdue })
                    : _t("nothing overdue"),
                isWarning: Boolean(invoices.late_count),
            });
        }
        for (const purse of points?.purses.slice(0, 1) || []) {
            figures.push({
                name: "points",
                label: _t("Points"),
                value: purse.usable,
                note: purse.expiring
                    ? _t("%(points)s expire on %(day)s", {
                          points: purse.expiring,
                          day: purse.expires_on,
                      })
                    : "",
            });
        }
        if (score) {
            figures.push({
                name: "value",
                label: _t("Value score"),
                value: score.value,
                note: score.segment || "",
            });
        }
        if (forecast?.has_return) {
            figures.push({
                name: "chance",
                label: _t("Chance of another purchase"),
                value: `${forecast.return_percent} %`,
                note: forecast.value,
            });
        }
        return figures;
    }

    sayDays(days) {
        if (days <= 0) {
            return _t("today");
        }
        return days === 1 ? _t("yesterday") : _t("%(days)s days ago", { days });
    }

    /** Bars of the last months, for an SVG of 12 by 56 units. */
    get bars() {
        const months = this.sections.rhythm.months;
        const most = Math.max(...months.map((month) => month.value), 1);
        return months.map((month, number) => {
            const height = month.value ? Math.max((month.value / most) * CHART_HEIGHT, 2) : 1;
            return {
                ...month,
                x: number + 0.15,
                y: CHART_HEIGHT - height,
                height,
                isEmpty: !month.value,
                title: _t("%(month)s: %(amount)s, orders: %(count)s", {
                    month: month.name,
                    amount: month.amount,
                    count: month.count,
                }),
            };
        });
    }

    getRing(value) {
        return `${(RING * Math.min(Math.max(value, 0), 100)) / 100} ${RING}`;
    }

    getRungs(tier) {
        const held = tier.ladder.findIndex((rung) => rung.id === tier.tier_id);
        return tier.ladder.map((rung, number) => ({
            ...rung,
            isReached: number <= held,
            isHeld: number === held,
        }));
    }

    join(separator, parts) {
        return parts.filter(Boolean).join(separator);
    }

    isSafeAddress(address) {
        return /^https?:\/\//i.test(address || "");
    }

    open(record) {
        return this.openForm(record.model, record.res_id || record.id);
    }

    openForm(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openAll(model, name, domain) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: model,
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain,
        });
    }

    openOrders() {
        return this.openAll("sale.order", _t("Orders of %(name)s", { name: this.head.name }), [
            ["partner_id", "child_of", this.state.portrait.customer_id],
        ]);
    }

    openInvoices() {
        return this.openAll(
            "account.move",
            _t("Unpaid Invoices of %(name)s", { name: this.head.name }),
            [
                ["partner_id", "child_of", this.state.portrait.customer_id],
                ["move_type", "in", ["out_invoice", "out_refund"]],
                ["state", "=", "posted"],
                ["payment_state", "in", ["not_paid", "partial"]],
            ]
        );
    }

    openLeads() {
        const customerId = this.state.portrait.customer_id;
        return this.openAll("crm.lead", _t("Inquiries of %(name)s", { name: this.head.name }), [
            "|",
            ["partner_id", "child_of", customerId],
            ["member_inquiry_partner_id", "child_of", customerId],
            ["active", "in", [true, false]],
        ]);
    }

    openPortrait(partnerId) {
        return this.action.doAction("member_loyalty_crm.member_portrait_action", {
            props: { resId: partnerId },
        });
    }

    openWhole() {
        return this.openPortrait(this.state.portrait.partner_id);
    }

    explainTier() {
        return this.press("member.membership", this.sections.tier.id, "action_explain");
    }

    openStatement() {
        return this.press(
            "res.partner",
            this.state.portrait.customer_id,
            "action_open_points"
        );
    }

    /** Do what a button of the record's form does. */
    press(resModel, resId, name) {
        return this.action.doActionButton({ type: "object", resModel, resId, name, context: {} });
    }

    async makeMember() {
        await this.orm.call("res.partner", "action_enroll", [[this.state.portrait.customer_id]]);
        return this.load();
    }

    print() {
        window.print();
    }
}

registry.category("actions").add("member_portrait", MemberPortrait);
