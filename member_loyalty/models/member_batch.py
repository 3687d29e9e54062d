import random
import time

from psycopg2 import IntegrityError

from odoo import api, models
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
