"""Addresses of care, for `test_every_page`: where each is tried, with patients of its own."""

TRIED = {
    "test_safety_net_pages": (
        "plan-list", "begin-plan", "plan", "build", "answer", "confirm-plan", "plan-pdf",
    ),
    "test_own_pages": (
        "own", "own-manifest", "own-script", "own-shell", "own-sync", "enter", "undo-entry", "write",
    ),
    "test_set_aside": ("aside", "settle-aside"),
    "test_entering_a_file": ("enter-file",),
    "test_emergency": ("control", "control-file", "emergency", "emergency-end"),
    "test_finding": ("episodes", "find", "near", "register"),
    "test_blocks": ("blocks",),
    "test_agreeing": ("consent", "coordinator"),
    "test_looked": ("looked", "looked-file"),
}  # fmt: skip
ELSEWHERE = {f"care:{name}": place for place, names in TRIED.items() for name in names}
