import { Component, onWillStart, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Mutex } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** Benefits (rows) by tier (columns) of a program, to see and to tick. */
export class BenefitMatrix extends Component {
    static template = "member_loyalty.BenefitMatrix";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.mutex = new Mutex(); // ticks arrive in the order in which they were made
        this.display = { controlPanel: {} };
        this.state = useState({ matrix: null });
        const context = this.props.action.context || {};
        this.programId = this.props.state?.programId || context.program_id || false;
        onWillStart(() => this.load(this.programId));
    }

    async load(programId) {
        this.state.matrix = await this.orm.call("member.benefit", "get_matrix", [
            programId || null,
        ]);
        this.programId = this.state.matrix.program_id;
    }

    get isEmpty() {
        return !this.state.matrix.families.length;
    }

    isGranted(benefit, tier) {
        return benefit.is_for_all || benefit.tier_ids.includes(tier.id);
    }

    getCellLabel(benefit, tier) {
        return _t("%(benefit)s for %(tier)s", { benefit: benefit.name, tier: tier.name });
    }

    /** Tick at once; take the tick back when the server refuses. */
    onTick(benefit, tier, ev) {
        const box = ev.target;
        const granted = box.checked;
        this.setGranted(benefit, tier, granted);
        return this.mutex.exec(async () => {
            try {
                await this.orm.call("member.benefit", "set_granted", [
                    [benefit.id],
                    tier.id,
                    granted,
                ]);
            } catch (error) {
                this.setGranted(benefit, tier, !granted);
                box.checked = !granted;
                this.notification.add(error.data?.message || error.message, {
                    title: _t("Not changed"),
                    type: "danger",
                });
            }
        });
    }

    setGranted(benefit, tier, granted) {
        const others = benefit.tier_ids.filter((id) => id !== tier.id);
        benefit.tier_ids = granted ? [...others, tier.id] : others;
    }

    onChooseProgram(ev) {
        return this.load(Number(ev.target.value));
    }

    openBenefit(benefit) {
        return this.openForm({ res_id: benefit.id });
    }

    newBenefit() {
        return this.openForm({ context: { default_program_id: this.programId } });
    }

    openForm(values) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "member.benefit",
            views: [[false, "form"]],
            ...values,
        });
    }

    async openTier(tier) {
        return this.action.doAction(
            await this.orm.call("member.tier", "action_show_benefits", [[tier.id]])
        );
    }

    startWithSet() {
        return this.action.doAction("member_loyalty.member_benefit_start_action", {
            additionalContext: { default_program_id: this.programId },
            onClose: () => this.load(this.programId),
        });
    }
}

registry.category("actions").add("member_benefit_matrix", BenefitMatrix);
