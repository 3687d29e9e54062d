from . import base_partner_merge
from . import member_activity_reversal
from . import member_tier_assignment
from . import member_export_sheet
from . import member_export_background
from . import member_export
from . import member_tier_appeal_refusal
from . import member_program_creation
