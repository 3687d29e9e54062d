from . import crm_lead
from . import member_centre_inquiry
from . import member_inquiry_line
from . import member_inquiry_list
