from . import test_member_portal
from . import test_shop_freight
from . import test_shop_points
from . import test_purse_portal
