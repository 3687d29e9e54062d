from . import member_benefit_entitlement
from . import member_membership
from . import member_notification
from . import res_users
from . import sale_order
