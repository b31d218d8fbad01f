"""A plan document is brought in: read, checked, joined to the register and to what is there already."""

from samspill.plans.actions.importing.plan import ImportResult, import_plan, read_bytes

__all__ = ["ImportResult", "import_plan", "read_bytes"]
