from . import member_export
