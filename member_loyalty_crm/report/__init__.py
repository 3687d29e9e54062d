from . import member_inquiry_report
