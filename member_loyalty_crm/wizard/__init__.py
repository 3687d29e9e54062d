from . import base_partner_merge
from . import member_data_health_tagging
from . import member_duplicate_merge
from . import member_merge_undoing
