from . import test_member_import
from . import test_member_import_customer
from . import test_member_import_undo
from . import test_member_import_file
from . import test_member_import_proof
from . import test_journal_order
from . import test_journal_lines
from . import test_journal_credit_note
