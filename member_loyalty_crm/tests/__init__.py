from . import test_crm_lead
from . import test_lead_priority
from . import test_signal
from . import test_signal_document
from . import test_signal_rule
