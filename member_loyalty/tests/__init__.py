from . import test_journal_order
