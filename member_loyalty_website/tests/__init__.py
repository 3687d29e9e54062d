from . import test_member_portal
