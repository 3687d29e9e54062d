import { registry } from "@web/core/registry";

const box = (benefit, tier) =>
    `.o_member_benefit_matrix tr[data-benefit='${benefit}'] input[data-tier='${tier}']`;

registry.category("web_tour.tours").add("member_benefit_matrix", {
    steps: () => [
        {
            content: "grant the sample to gold",
            trigger: `${box("Sample", "Gold")}:not(:checked)`,
            run: "click",
        },
        {
            content: "the tick is there at once",
            trigger: `${box("Sample", "Gold")}:checked`,
        },
        {
            content: "the last tier cannot be taken away",
            trigger: `${box("Support", "Silver")}:checked`,
            run: "click",
        },
        {
            content: "it is said why",
            trigger: ".o_notification:contains('Grant it to another tier first')",
        },
        {
            content: "and the tick is back",
            trigger: `${box("Support", "Silver")}:checked`,
        },
        {
            content: "a benefit opens",
            trigger: "tr[data-benefit='Support'] .o_member_open_benefit",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=kind]",
        },
        {
            content: "and back",
            trigger: ".o_breadcrumb .o_back_button a, .breadcrumb-item a",
            run: "click",
        },
        {
            content: "what a tier gets opens on a page",
            trigger: ".o_member_matrix_tier:contains('Gold')",
            run: "click",
        },
        {
            trigger: ".o_breadcrumb:contains('What Gold Gets')",
        },
    ],
});

registry.category("web_tour.tours").add("member_benefit_matrix_reader", {
    steps: () => [
        {
            content: "who may not change benefits sees them",
            trigger: `${box("Sample", "Silver")}:checked:disabled`,
        },
        {
            trigger: ".o_member_benefit_matrix:not(:has(input:enabled))",
        },
        {
            trigger: ".o_action_manager:not(:has(.o_member_start_set))",
        },
    ],
});

registry.category("web_tour.tours").add("member_benefit_matrix_empty", {
    steps: () => [
        {
            content: "an empty program offers a usual set",
            trigger: ".o_member_matrix_empty .o_member_start_set",
            run: "click",
        },
        {
            trigger: ".modal .o_data_row:contains('News')",
        },
        {
            trigger: ".modal button[name=action_start]",
            run: "click",
        },
        {
            trigger: ".modal:contains('To be completed')",
        },
        {
            trigger: ".modal footer button[special=cancel], .modal .btn-close",
            run: "click",
        },
        {
            content: "the benefits are on the screen",
            trigger: `${box("News", "Gold")}:checked`,
        },
    ],
});
