"""A plan document is brought in: read, checked, joined to the register and to what is there already."""

from samspill.plans.actions.importing.plan import ImportResult, community_named_in, import_plan, read_bytes

__all__ = ["ImportResult", "community_named_in", "import_plan", "read_bytes"]
