"""Addresses of beds: pages and acts tried on the demonstration."""

PAGES: dict[str, tuple[object, ...]] = {
    "insight:beds": ("ostfold",),
    "insight:shared-beds": ("ostfold",),
    "insight:week": ("ostfold",),
    "insight:week-example": ("ostfold",),
    "insight:week-counts": ("ostfold",),
    "insight:flow": ("ostfold",),
    "insight:flow-written": ("ostfold",),
    "insight:flow-at-work": ("ostfold", "aaaaaaaaaaaa"),
}
ACTS: dict[str, tuple[object, ...]] = {
    "insight:flow-thorough": ("ostfold",),
}
