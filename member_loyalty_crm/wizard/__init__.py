from . import member_call_outcome
from . import member_call_reassignment
from . import member_call_saving
from . import member_call_saving_line
