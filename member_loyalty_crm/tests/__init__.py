from . import test_crm_lead
from . import test_lead_priority
from . import test_member_score
from . import test_score_oracle
from . import test_score_screens
