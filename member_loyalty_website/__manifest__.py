{
    "name": "Member Loyalty Website",
    "summary": "The member centre in the customer portal and the shop",
    "version": "19.0.2.0.0",
    "category": "Website/Website",
    "website": "https://github.com/member-loyalty/member-loyalty",
    "author": "Member Loyalty contributors",
    "license": "LGPL-3",
    "depends": ["member_loyalty", "website_sale_loyalty"],
    "data": [
        "security/ir.model.access.csv",
        "views/member_navigation_templates.xml",
        "views/member_portal_templates.xml",
        "views/member_orders_templates.xml",
        "views/member_benefit_templates.xml",
        "views/member_message_templates.xml",
        "views/loyalty_cart_templates.xml",
        "views/member_cart_templates.xml",
        "views/member_price_templates.xml",
        "views/member_claim_templates.xml",
        "views/member_shop_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "member_loyalty_website/static/src/scss/**/*",
            "member_loyalty_website/static/src/interactions/**/*",
        ],
        "web.assets_tests": [
            "member_loyalty_website/static/tests/**/*",
        ],
    },
}
