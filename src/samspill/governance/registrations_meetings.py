"""What governance offers the house: meetings."""


def register() -> None:
    """Things, tasks, acts in words and acts of mail links of this part."""
