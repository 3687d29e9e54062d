from . import test_crm_lead
from . import test_lead_priority
from . import test_inquiry_reading
from . import test_inquiry_decision
from . import test_inquiry_line
