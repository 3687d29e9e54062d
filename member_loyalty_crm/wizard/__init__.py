from . import member_inquiry_trial
from . import member_inquiry_trial_line
