from . import test_crm_lead
from . import test_lead_priority
from . import test_member_merge_undo
from . import test_member_merge
from . import test_member_merge_oracle
from . import test_member_duplicate
from . import test_member_data_health
