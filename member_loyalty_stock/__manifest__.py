{
    "name": "Member Loyalty Stock",
    "summary": "Transfers of entitled members go first",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "website": "https://github.com/member-loyalty/member-loyalty",
    "author": "Member Loyalty contributors",
    "license": "LGPL-3",
    "depends": ["member_loyalty", "sale_stock"],
    "data": [
        "security/ir.model.access.csv",
        "views/stock_picking_views.xml",
    ],
    "auto_install": True,
}
