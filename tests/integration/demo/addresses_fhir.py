"""Addresses of the FHIR face, for `test_every_page`: machines read them, and each is tried with its own."""

TRIED = {
    "test_bundles": ("base", "base-folder"),
    "test_the_door": ("token", "jwks", "smart-configuration"),
    "test_the_outbox": ("receipt",),
    "test_observations": ("type", "search", "resource", "history", "version"),
    "test_what_is_served": ("metadata", "everything", "elsewhere"),
}
ELSEWHERE = {f"fhir:{name}": place for place, names in TRIED.items() for name in names}
