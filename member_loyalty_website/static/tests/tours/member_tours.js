import { registry } from "@web/core/registry";
import { goToCheckout, waitForInteractionToLoad } from "@website_sale/js/tours/tour_utils";

const tours = registry.category("web_tour.tours");

const readMessages = () => [
    {
        content: "the portal tells of the unread message",
        trigger: "a[href='/my/membership/messages']:contains(Unread messages)",
        run: "click",
        expectUnloadPage: true,
    },
    {
        content: "the message is about the new tier and marked as new",
        trigger: ".o_member_message_unread:contains(Silver) .badge:contains(New)",
    },
    {
        content: "mark it as read",
        trigger: "form[name=mark_all_messages_read] button",
        run: "click",
        expectUnloadPage: true,
    },
    {
        content: "it is no longer new",
        trigger: ".o_member_messages:not(:has(.o_member_message_unread))",
    },
    {
        content: "go to the membership",
        trigger: "a[href$='/my/membership']:contains(Overview):visible",
        run: "click",
        expectUnloadPage: true,
    },
    {
        content: "the benefits of the tier are there",
        trigger: ".o_member_benefits:contains(Two percent off):contains(Sample of the year)",
    },
];

const seeMemberPrice = () => [
    {
        content: "the shop shows the tier's price beside the normal one",
        trigger:
            ".oe_product:contains(Lamp):contains(196.00):contains(200.00) .o_member_price:contains(Your Silver price)",
    },
    {
        content: "open the lamp",
        trigger: ".oe_product a:contains(Lamp)",
        run: "click",
        expectUnloadPage: true,
    },
    {
        content: "its page shows both prices too",
        trigger:
            "#product_details:contains(196.00):contains(200.00) .o_member_price:contains(Your Silver price)",
    },
    {
        content: "buy it",
        trigger: "#add_to_cart",
        run: "click",
    },
    {
        content: "go to the cart",
        trigger: "a sup.my_cart_quantity:text(1)",
        run: "click",
        expectUnloadPage: true,
    },
];

const claimSample = () => [
    {
        content: "claim the sample",
        trigger: ".o_member_claims form[name=claim_member_benefit] button",
        run: "click",
        expectUnloadPage: true,
    },
    {
        content: "it is in the cart, by its benefit, as it is",
        trigger:
            ".o_cart_product:contains(Sample) .o_member_benefit_of_line:contains(Sample of the year)",
    },
    {
        content: "it cannot be claimed again",
        trigger: "#shop_cart:not(:has(.o_member_claims))",
    },
    {
        content: "only the lamp costs something",
        trigger: "tr[name='o_order_total'] .oe_currency_value:text(196.00)",
    },
];

const seeFreight = () => [
    {
        content: "half of the freight of 19.60, which is 2 % less too, is taken off",
        trigger: ".o_member_benefit_row:contains(Half the freight):contains(9.80)",
    },
    {
        content: "and the total is right",
        trigger: "tr[name='o_order_total'] .oe_currency_value:text(205.80)",
    },
];

const chooseDelivery = () => [
    goToCheckout(),
    waitForInteractionToLoad(),
    {
        content: "choose the lorry",
        trigger: "li[name=o_delivery_method]:contains(Lorry) input",
        run: "click",
    },
];

tours.add("member_silver_messages", { url: "/my", steps: readMessages });

tours.add("member_silver_shop_desktop", {
    url: "/shop?search=Lamp",
    steps: () => [
        ...seeMemberPrice(),
        ...claimSample(),
        ...chooseDelivery(),
        ...seeFreight(),
    ],
});

tours.add("member_silver_shop_phone", {
    url: "/shop?search=Lamp",
    steps: () => [
        ...seeMemberPrice(),
        ...claimSample(),
        ...chooseDelivery(),
        {
            content: "open the order",
            trigger: "button[href='#o_cart_summary_offcanvas']:contains(205.80)",
            run: "click",
        },
        ...seeFreight(),
    ],
});

tours.add("member_fallen_shop", {
    url: "/shop/cart",
    steps: () => [
        {
            content: "the sample was taken off, with a word",
            trigger: "#shop_cart .alert:contains(Sample of the year)",
        },
        {
            content: "the lamp costs what it costs everybody, and nothing is free",
            trigger:
                "#shop_cart:not(:has(.o_member_claims)) .o_cart_product:contains(Lamp):contains(200.00)",
        },
        ...chooseDelivery(),
        {
            content: "the freight is what everybody pays",
            trigger: "tr[name='o_order_total'] .oe_currency_value:text(220.00)",
        },
        {
            content: "and nothing of it is taken off",
            trigger: "body:not(:has(.o_member_benefit_row))",
        },
    ],
});
