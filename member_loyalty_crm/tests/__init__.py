from . import test_crm_lead
from . import test_lead_priority
from . import test_call_closing
from . import test_call_offer
from . import test_call_queue
from . import test_call_saving
