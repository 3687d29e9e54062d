from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from odoo.tests import freeze_time, tagged

from odoo.addons.member_loyalty.tests.common import TODAY, MemberCommon

from ..logic.member_score import Facts, score_members
