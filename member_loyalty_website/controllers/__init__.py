from . import loyalty_card_portal
from . import member_portal
from . import member_shop
