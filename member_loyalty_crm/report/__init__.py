from . import member_inquiry_report
from . import member_call_report
from . import sale_report
