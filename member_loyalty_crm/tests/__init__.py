from . import test_crm_lead
from . import test_lead_priority
from . import test_return_model
from . import test_tier_loss
from . import test_forecast_rules
from . import test_tier_loss_oracle
