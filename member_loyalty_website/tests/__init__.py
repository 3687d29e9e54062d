from . import test_member_benefit_page
from . import test_member_messages
from . import test_member_portal
from . import test_shop_points
from . import test_purse_portal
from . import test_member_cart
from . import test_shop_prices
