from . import models
from . import report
from . import wizard


def post_init_hook(env):
    """Give the first program of each company segments to start with."""
    env["member.segment"]._start_with_examples()
