import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const PORTRAIT = ".o_action_manager .o_member_portrait:not(.o_member_portrait_card)";
const OPEN = {
    content: "one click opens the portrait",
    trigger: ".o-form-buttonbox button[name=action_open_portrait]",
    run: "click",
};
const SHOWS_THE_MEMBER = {
    content: "the company's membership is shown",
    trigger: `${PORTRAIT} .o_member_head:contains('Northwind'):has(.o_member_tier:contains('Silver'))`,
};

tours.add("member_portrait_contact", {
    steps: () => [
        OPEN,
        SHOWS_THE_MEMBER,
        {
            content: "and the contact that was looked at",
            trigger: `${PORTRAIT} .o_member_person:contains('Erin')`,
        },
        {
            content: "the score explains itself",
            trigger: `${PORTRAIT} .o_member_card_score:contains('Loyal')`,
        },
        {
            content: "why this tier?",
            trigger: `${PORTRAIT} .o_member_why`,
            run: "click",
        },
        {
            trigger: ".modal .o_form_view",
        },
        {
            trigger: ".modal .btn-close",
            run: "click",
        },
        {
            content: "refresh keeps the page",
            trigger: `${PORTRAIT}`,
        },
        {
            trigger: ".o_member_refresh:enabled",
            run: "click",
        },
        SHOWS_THE_MEMBER,
    ],
});

tours.add("member_portrait_lead", {
    steps: () => [
        OPEN,
        SHOWS_THE_MEMBER,
        {
            content: "what a customer wrote is text",
            trigger: `${PORTRAIT} .o_member_card_inquiries button:contains('<b>Bold</b> & <script>')`,
        },
        {
            trigger: `${PORTRAIT}:not(:has(script)):not(:has(b))`,
        },
        {
            content: "the lead opens from there",
            trigger: `${PORTRAIT} .o_member_card_inquiries .o_member_row button`,
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=stage_id], .o_form_view .o_statusbar_status",
        },
    ],
});

tours.add("member_portrait_order", {
    steps: () => [
        {
            content: "the card opens over the order",
            trigger: ".o-form-buttonbox button[name=action_open_member_card]",
            run: "click",
        },
        {
            trigger: ".modal .o_member_portrait_card .o_member_card_tier:contains('Silver')",
        },
        {
            content: "it is short",
            trigger: ".modal .o_member_portrait_card:not(:has(.o_member_card_orders))",
        },
        {
            trigger: ".modal .o_member_open_whole",
            run: "click",
        },
        SHOWS_THE_MEMBER,
        {
            content: "the order is listed",
            trigger: `${PORTRAIT} .o_member_card_orders .o_member_row`,
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});

tours.add("member_portrait_finder", {
    steps: () => [
        {
            content: "a name shows matches",
            trigger: ".o_member_finder_page .o_member_finder_box",
            run: "edit Northwind",
        },
        {
            trigger: ".o_member_match:contains('Northwind'):contains('CLUB-7Q2X')",
        },
        {
            content: "a scanner types the code and Enter",
            trigger: ".o_member_finder_page .o_member_finder_box",
            run: "edit club-7q2x && press Enter",
        },
        SHOWS_THE_MEMBER,
        {
            content: "the code is on the page",
            trigger: `${PORTRAIT} .o_member_code:contains('CLUB-7Q2X')`,
        },
    ],
});

tours.add("member_portrait_enroll", {
    steps: () => [
        {
            trigger: `${PORTRAIT} .o_member_none`,
        },
        {
            trigger: `${PORTRAIT} .o_member_enroll`,
            run: "click",
        },
        {
            content: "the page shows the new tier",
            trigger: `${PORTRAIT} .o_member_tier:contains('Ordinary')`,
        },
        {
            trigger: `${PORTRAIT}:not(:has(.o_member_enroll))`,
        },
    ],
});
