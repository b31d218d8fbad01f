"""How much the demonstration invents: less where only what it is made of matters, as in a test."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Extent:
    """Contacts with hospitals in all over the last whole years, and days on which patients have measured."""

    contacts: int = 800_000
    years: int = 10
    days: int = 14


WHOLE = Extent()
