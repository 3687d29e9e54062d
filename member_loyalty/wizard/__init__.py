from . import base_partner_merge
from . import member_activity_reversal
from . import member_tier_assignment
