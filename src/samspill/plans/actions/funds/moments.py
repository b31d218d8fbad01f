"""When something was said or done in the joint money."""

from datetime import datetime, time

from django.utils import timezone

from samspill.directory.public import Actor

NOON = time(12, 0)


def moment(by: Actor) -> datetime:
    """Now; noon of the actor's day when that is another day than this one."""
    now = timezone.localtime()
    return now if now.date() == by.today else timezone.make_aware(datetime.combine(by.today, NOON))
