import { Component, onWillStart, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatInteger, formatMonetary } from "@web/views/fields/formatters";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** A salesperson's members, risks and chances; each figure opens what it counts. */
export class TeamBoard extends Component {
    static template = "member_loyalty_crm.TeamBoard";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.display = { controlPanel: {} };
        this.state = useState({ board: null, isLoading: false });
        onWillStart(() => this.load(this.props.state?.userId ?? null));
    }

    async load(userId) {
        this.state.isLoading = true;
        try {
            this.state.board = await this.orm.call("member.team.board", "get_board", [
                userId,
            ]);
            this.props.updateActionState?.({ userId: this.state.board.user_id });
        } finally {
            this.state.isLoading = false;
        }
    }

    get board() {
        return this.state.board;
    }

    get whose() {
        if (!this.board.user_id) {
            return _t("Everybody's members");
        }
        if (this.board.user_id < 0) {
            return _t("Members nobody looks after");
        }
        return this.board.user_id === this.board.uid
            ? _t("My members")
            : _t("Members of %s", this.board.user);
    }

    formatCount(count) {
        return formatInteger(count);
    }

    formatAmount(amount) {
        return formatMonetary(Math.round(amount), {
            currencyId: this.board.currency_id,
            digits: [16, 0],
        });
    }

    /** Share of the largest row, for its bar. */
    getWidth(rows, row) {
        const largest = Math.max(...rows.map((one) => one.count), 1);
        return `width: ${Math.round((100 * row.count) / largest)}%`;
    }

    refresh() {
        return this.load(this.board.user_id);
    }

    async open(what, key = null) {
        const action = await this.orm.call("member.team.board", "get_action", [
            what,
            key,
            this.board.user_id,
        ]);
        return this.action.doAction(action);
    }

    openReport(report) {
        return this.action.doAction(report.action);
    }
}

registry.category("actions").add("member_team_board", TeamBoard);
