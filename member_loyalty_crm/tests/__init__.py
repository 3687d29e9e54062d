from . import test_crm_lead
from . import test_lead_priority
from . import test_member_code
from . import test_portrait
from . import test_portrait_rights
from . import test_portrait_sales
from . import test_portrait_size
from . import test_portrait_tour
