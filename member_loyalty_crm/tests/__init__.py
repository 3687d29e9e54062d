from . import test_crm_lead
from . import test_lead_priority
from . import test_member_merge_undo
