"""What governance offers the house."""


def register() -> None:
    """Nothing yet; each part adds its own."""
