def get_signal_kinds(model):
    """Return the kinds of signals, those of other modules too, as a selection."""
    field = model.env["member.signal"]._fields["kind"]
    return field._description_selection(model.env)
