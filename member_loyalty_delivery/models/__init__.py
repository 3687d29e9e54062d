from . import member_benefit
from . import member_order_freight
from . import sale_order
from . import sale_order_line
