from . import member_call_report
