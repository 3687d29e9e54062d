from . import models
from . import report
from . import wizard
from . import controllers


def uninstall_hook(env):
    """Archive the price lists of members: without us they would be for everybody."""
    env["product.pricelist"]._close_members_lists()
