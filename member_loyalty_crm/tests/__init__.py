from . import test_crm_lead
from . import test_lead_priority
from . import test_segment
from . import test_segment_tags
from . import test_segment_use
from . import test_team_board
