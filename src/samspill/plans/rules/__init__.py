"""What a plan allows and what follows from it, on plain values: dates, shown status, proposals for holes."""
