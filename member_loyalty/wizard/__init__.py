from . import base_partner_merge
from . import member_activity_reversal
from . import member_tier_assignment
from . import member_export_sheet
from . import member_export_background
from . import member_export
from . import member_tier_explanation
from . import member_tier_explanation_line
