from . import mail_activity
from . import member_lead_priority
from . import crm_lead
