{
    "name": "Member Loyalty Delivery",
    "summary": "Freight subsidies and free shipping for members",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "website": "https://github.com/member-loyalty/member-loyalty",
    "author": "Member Loyalty contributors",
    "license": "LGPL-3",
    "depends": ["member_loyalty", "sale_loyalty_delivery"],
    "data": [
        "security/ir.model.access.csv",
        "views/member_benefit_views.xml",
    ],
    "auto_install": True,
}
