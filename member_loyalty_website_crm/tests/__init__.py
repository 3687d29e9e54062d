from . import test_inquiry_lead
from . import test_inquiry_portal
