from . import member_program
from . import member_benefit_entitlement
from . import member_cart_benefit
from . import member_cart_claim
from . import member_cart_line_benefit
from . import member_membership
from . import member_notification
from . import member_shop_price

# from . import product_template
from . import res_users
from . import sale_order
from . import sale_order_line
from . import member_benefit
from . import product_pricelist
from . import sale_order
from . import website
from . import product_template
from . import website
from . import website_snippet_filter
