"""What governance offers the house: each part registers its own, and here stands the pillar."""

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import PILLARS, Pillar
from samspill.governance import (
    identity_guard,
    registrations_bodies,
    registrations_cases,
    registrations_consultations,
    registrations_erasing,
    registrations_follow_ups,
    registrations_meetings,
    registrations_open,
    registrations_room,
)

PATHS = ("/moter/", "/saker/", "/vedtak/", "/oppfolging/", "/organer/", "/horinger/", "/meld-sak/", "/apent/")
PARTS = (
    registrations_bodies,
    registrations_cases,
    registrations_meetings,
    registrations_room,
    registrations_follow_ups,
    registrations_consultations,
    registrations_open,
    registrations_erasing,
)


def register() -> None:
    PILLARS.register("governance", Pillar(_("Meetings"), "governance:meeting-list", order=20, prefixes=PATHS))
    identity_guard.watch()
    for part in PARTS:
        part.register()
