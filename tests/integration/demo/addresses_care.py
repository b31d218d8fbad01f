"""Addresses of care, for `test_every_page`: where each is tried, with patients of its own."""

TRIED = {
    "test_safety_net_pages": (
        "plan-list", "begin-plan", "plan", "build", "answer", "confirm-plan", "plan-pdf",
    ),
    "test_plan_taken_back": ("take-back-plan", "see-plan-back"),
    "test_medication": (
        "medication", "begin-medication", "medication-list", "reconcile", "take-back-medication",
    ),
    "test_own_pages": (
        "own", "own-manifest", "own-script", "own-shell", "own-sync", "enter", "undo-entry", "write",
    ),
    "test_board": ("board", "acknowledge-many", "changes"),
    "test_alert_pages": ("alert-step",),
    "test_patient_page": (
        "patient", "events", "measurement", "measurements", "measurements-file", "assessments", "assess",
    ),
    "test_patient_acts": ("watch", "watch-plan", "limits", "schedule", "stop-watching"),
    "test_patient_story": ("pause", "end-pause", "write-note", "see-note", "reminder-done"),
    "test_the_outbox": ("outbox", "send-again"),
    "test_set_aside": ("aside", "settle-aside"),
    "test_entering_a_file": ("enter-file",),
    "test_emergency": ("control", "control-file", "emergency", "emergency-end"),
    "test_finding": ("episodes", "find", "near", "register"),
    "test_blocks": ("blocks",),
    "test_agreeing": ("consent", "coordinator"),
    "test_looked": ("looked", "looked-file"),
}  # fmt: skip
ELSEWHERE = {f"care:{name}": place for place, names in TRIED.items() for name in names}
