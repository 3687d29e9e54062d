"""The pages of the member centre that a buyer reads, by name."""

PAGES = {
    "overview": "/my/membership",
    "points": "/my/membership/points",
    "rewards": "/my/membership/rewards",
    "code": "/my/membership/code",
    "sales": "/my/membership/sales",
    "orders": "/my/membership/orders",
    "payments": "/my/membership/payments",
    "inquiries": "/my/membership/inquiries",
    "documents": "/my/membership/documents",
    "referrals": "/my/membership/referrals",
    "sharing": "/my/membership/sharing",
    "interests": "/my/membership/interests",
    "appeal": "/my/membership/appeal",
    "messages": "/my/membership/messages",
    "settings": "/my/membership/settings",
}
