"""Addresses of care, for `test_every_page`. The demonstration has no patients yet."""

ELSEWHERE = {
    f"care:{name}": "test_safety_net_pages"
    for name in ("plan-list", "begin-plan", "plan", "build", "answer", "confirm-plan", "plan-pdf")
}
