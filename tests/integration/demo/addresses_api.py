"""Addresses of figures for machines, and of the list of indicators."""

PAGES: dict[str, tuple[object, ...]] = {
    "insight:api": (),
    "insight:indicator-definitions": (),
}
ELSEWHERE = {
    "insight:api-indicators": "test_figures_for_machines",
    "insight:api-indicator": "test_figures_for_machines",
    "insight:api-figures": "test_figures_for_machines",
    "insight:api-areas": "test_figures_for_machines",
    "insight:api-runs": "test_figures_for_machines",
    "insight:api-run": "test_figures_for_machines",
    "governance:api-nothing": "test_bad_questions",
}
