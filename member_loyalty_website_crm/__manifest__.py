{
    "name": "Member Loyalty Website CRM",
    "summary": "Inquiries of members and visitors in the member centre and the shop",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "website": "https://github.com/member-loyalty/member-loyalty",
    "author": "Member Loyalty contributors",
    "license": "LGPL-3",
    "depends": ["member_loyalty_website", "member_loyalty_crm", "website_crm"],
    "data": [
        "views/member_inquiry_portal_templates.xml",
        "views/crm_lead_list_views.xml",
    ],
    "auto_install": True,
}
