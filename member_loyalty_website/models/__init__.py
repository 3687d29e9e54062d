from . import member_benefit_entitlement
from . import member_cart_benefit
from . import member_cart_line_benefit
from . import member_membership
from . import member_notification
from . import res_users
from . import sale_order
from . import sale_order_line
