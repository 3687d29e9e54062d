from . import member_segment
from . import mailing_mailing
