from . import member_portal
