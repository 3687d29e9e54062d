from . import test_member_portal
from . import test_shop_points
from . import test_purse_portal
from . import test_shop_prices
