from . import member_export
from . import member_simulation
