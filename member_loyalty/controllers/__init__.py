from . import member_export
from . import member_simulation
from . import member_point_statement
from . import member_document
