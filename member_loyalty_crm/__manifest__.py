{
    "name": "Member Loyalty CRM",
    "summary": "The customer's tier on leads and opportunities",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "website": "https://github.com/member-loyalty/member-loyalty",
    "author": "Member Loyalty contributors",
    "license": "LGPL-3",
    "depends": ["member_loyalty", "sale_crm"],
    "data": ["views/crm_lead_views.xml"],
}
