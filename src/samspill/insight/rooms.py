"""The rooms of a community's figures: people, demand, beds, staff, scenarios. One row of links on each page.

A room is added by registering it; its address takes the community's slug.
"""

from dataclasses import dataclass

from django.utils.functional import Promise

from samspill.directory.public import Registry


@dataclass(frozen=True)
class Room:
    """`route` names the address of its first page; `order` is its place in the row.

    One that is not `is_open` is for those who work in the community.
    """

    key: str
    label: str | Promise
    route: str
    order: int
    is_open: bool = True


ROOMS: Registry[Room] = Registry()
