from . import member_benefit
from . import member_order_priority
from . import sale_order
from . import stock_move
from . import stock_picking
