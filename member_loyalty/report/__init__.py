"""What leaves the database: files for people, figures for boards."""

from . import member_benefit_entitlement
from . import member_benefit_month
from . import member_benefit_ranking_workbook
from . import member_movement_report
from . import member_point_liability
from . import member_point_statement_workbook
from . import member_point_statement
