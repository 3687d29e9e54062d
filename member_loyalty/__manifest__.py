{
    "name": "Member Loyalty",
    "summary": "Membership tiers that rise and fall by your own rules",
    "version": "19.0.1.0.0",
    "category": "Sales/Loyalty",
    "website": "https://github.com/member-loyalty/member-loyalty",
    "author": "Member Loyalty contributors",
    "license": "LGPL-3",
    "depends": ["sale_loyalty"],
    "data": [
        "security/member_loyalty_security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "data/member_program_data.xml",
    ],
    "application": True,
}
