from . import member_program
from . import sale_order
