from . import models
from . import report
from . import wizard


def post_init_hook(env):
    """Give the programs that exist rules for signals and segments to start with."""
    env["member.program"]._begin_with_usual_signal_rules()
    env["member.segment"]._start_with_examples()
