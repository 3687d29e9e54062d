from . import test_priority_delivery
