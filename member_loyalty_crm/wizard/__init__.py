from . import base_partner_merge
from . import member_data_health_tagging
from . import member_duplicate_merge
from . import member_merge_undoing
from . import member_call_outcome
from . import member_call_reassignment
from . import member_call_saving
from . import member_call_saving_line
