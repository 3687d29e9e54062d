from . import test_member_portal
from . import test_shop_points
from . import test_purse_portal
from . import test_document_addresses
from . import test_early_access_shop
