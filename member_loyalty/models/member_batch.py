import random
import time
from contextlib import contextmanager

from psycopg2 import IntegrityError, OperationalError

from odoo import api, models
from odoo.exceptions import ConcurrencyError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

MAX_CONFLICTS = 10
LONGEST_PAUSE = 0.5  # seconds


class MemberBatch(models.AbstractModel):
    """Work done in batches beside people who change the same records meanwhile.

    Odoo repeats a request that conflicts with another one, but not a scheduled
    action: this does it, batch by batch.
    """

    _name = "member.batch"
    _description = "Work in Batches"

    @api.model
    @contextmanager
    def _report_and_go_on(self, logger, message, *args, come_back=None):
        """Let the block fail without keeping what comes after it waiting.

        What it did is rolled back. An error that leaves no connection is passed on.

        :param message: what the log says with the error, and ``args`` for it
        :param come_back: called instead when others got in the way, to try later
        """
        try:
            yield
        except Exception as error:
            if self.env.cr.connection.closed:
                raise
            self.env.cr.rollback()
            if come_back and isinstance(error, OperationalError | ConcurrencyError):
                come_back()
            else:
                logger.exception(message, *args)

    @api.model
    def _run_batch(self, work):
        """Return what ``work`` returns; it runs again when somebody got in its way.

        It has to begin a transaction, and to find out anew what there is to do.

        :raises Exception: the last conflict, when it never got through
        """
        for conflicts in range(MAX_CONFLICTS):
            try:
                result = work()
                self.env.flush_all()
                return result
            except (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, IntegrityError):
                self.env.cr.rollback()
                if conflicts + 1 == MAX_CONFLICTS:
                    raise
                time.sleep(random.uniform(0, LONGEST_PAUSE))
