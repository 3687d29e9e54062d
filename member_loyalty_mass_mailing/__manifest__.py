{
    "name": "Member Loyalty Mass Mailing",
    "summary": "Mail to the members of a segment",
    "version": "19.0.1.0.0",
    "category": "Marketing/Email Marketing",
    "website": "https://github.com/member-loyalty/member-loyalty",
    "author": "Member Loyalty contributors",
    "license": "LGPL-3",
    "depends": ["member_loyalty_crm", "mass_mailing"],
    "data": [
        "views/member_segment_views.xml",
        "views/mailing_mailing_views.xml",
    ],
    "auto_install": True,
}
