from . import loyalty_card_portal
from . import member_catalogue
from . import member_claim
from . import member_delivery
from . import member_message_portal
from . import member_portal
from . import member_sales
from . import member_shop
