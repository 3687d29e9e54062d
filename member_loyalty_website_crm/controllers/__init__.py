from . import member_inquiry_portal
