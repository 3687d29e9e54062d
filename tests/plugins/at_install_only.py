"""Keep the tests that Odoo itself would run while installing (``--upstream``)."""


def pytest_collection_modifyitems(config, items):
    """Deselect what Odoo's own runner covers after the installation."""
    chosen = [
        item for item in items if "at_install" in getattr(item.cls, "test_tags", ())
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen
