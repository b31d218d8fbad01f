"""Addresses of figures for machines, and of the list of indicators."""

PAGES: dict[str, tuple[object, ...]] = {
    "insight:api": (),
    "insight:indicator-definitions": (),
    "insight:runs": (),
}
ELSEWHERE = {
    # These speak English to machines, in whatever language the reader has chosen, or nothing at all.
    "directory:oidc-start": "test_oidc_views",
    "directory:oidc-callback": "test_oidc_views",
    "directory:oidc-sign-out-there": "test_oidc_views",
    "directory:oidc-frontchannel-logout": "test_oidc_views",
    "directory:oidc-backchannel-logout": "test_oidc_views",
    "insight:run": "test_published_audit",
    "insight:withdraw-run": "test_published_audit",
    "insight:take-back-run": "test_published_audit",
    "insight:api-indicators": "test_figures_for_machines",
    "insight:api-indicator": "test_figures_for_machines",
    "insight:api-figures": "test_figures_for_machines",
    "insight:api-areas": "test_figures_for_machines",
    "insight:api-runs": "test_figures_for_machines",
    "insight:api-run": "test_figures_for_machines",
    "governance:api-nothing": "test_bad_questions",
}
