from . import test_freight
from . import test_freight_confirmed
from . import test_freight_limits
from . import test_freight_native_seams
from . import test_freight_rewards
from . import test_freight_topup
