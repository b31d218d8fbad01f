"""Addresses of care, for `test_every_page`. The demonstration has no patients yet."""

ELSEWHERE = {
    f"care:{name}": "test_safety_net_pages"
    for name in ("plan-list", "begin-plan", "plan", "build", "answer", "confirm-plan", "plan-pdf")
} | {
    f"care:{name}": "test_own_pages"
    for name in ("own", "own-manifest", "own-script", "own-shell", "own-sync", "enter", "undo-entry", "write")
}
ELSEWHERE |= {
    "care:control": "test_emergency",
    "care:control-file": "test_emergency",
    "care:emergency": "test_emergency",
    "care:emergency-end": "test_emergency",
    "care:episodes": "test_finding",
    "care:find": "test_finding",
    "care:looked": "test_looked",
    "care:looked-file": "test_looked",
    "care:near": "test_finding",
    "care:register": "test_finding",
}
ELSEWHERE = (
    {
        f"care:{name}": "test_safety_net_pages"
        for name in ("plan-list", "begin-plan", "plan", "build", "answer", "confirm-plan", "plan-pdf")
    }
    | {
        f"care:{name}": "test_own_pages"
        for name in (
            "own",
            "own-manifest",
            "own-script",
            "own-shell",
            "own-sync",
            "enter",
            "undo-entry",
            "write",
        )
    }
    | {f"care:{name}": "test_set_aside" for name in ("aside", "settle-aside")}
    | {"care:enter-file": "test_entering_a_file"}
)
