from . import test_journal_order
from . import test_journal_lines
from . import test_journal_credit_note
