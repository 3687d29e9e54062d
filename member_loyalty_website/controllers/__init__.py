from . import loyalty_card_portal
from . import member_claim
from . import member_delivery
from . import member_message_portal
from . import member_orders_portal
from . import member_portal
from . import member_shop
