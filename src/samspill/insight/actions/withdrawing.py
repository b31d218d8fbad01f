"""Take a set of figures out of use because they were wrong, and back again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor
from samspill.insight.models import DataPack
from samspill.refusal import Refused

SHORTEST = 6  # characters of a version that name it


def find_pack(version: str) -> DataPack:
    """The one set whose version begins with `version`. Refuses none, and more than one."""
    found = list(DataPack.objects.filter(version__startswith=version)[:2]) if len(version) >= SHORTEST else []
    if len(found) != 1:
        raise Refused(
            "pack.unknown",
            _("«%(version)s» is no version of figures in use. See which there are with: samspill data list")
            % {"version": version},
        )
    return found[0]


def withdraw(pack: DataPack, because: str, *, by: Actor) -> DataPack:
    """Nothing is calculated from it from now on; what rests on it is kept, and says why it was withdrawn."""
    because = " ".join(because.split())
    if not because:
        raise Refused("pack.because", _("Say why the figures are withdrawn; it stands where they were used."))
    longest = DataPack._meta.get_field("withdrawn_because").max_length or 0
    if len(because) > longest:
        raise Refused(
            "pack.because",
            _("The reason is %(length)s letters; at most %(most)s fit.")
            % {"length": len(because), "most": longest},
        )
    return _set(pack, by, because)


def take_back(pack: DataPack, *, by: Actor) -> DataPack:
    """The figures were right after all."""
    return _set(pack, by, "")


def _set(pack: DataPack, by: Actor, because: str) -> DataPack:
    with transaction.atomic():
        locked = DataPack.objects.select_for_update().get(pk=pack.pk)
        locked.withdrawn_because = because
        locked.withdrawn_at = timezone.now() if because else None
        locked.withdrawn_by = by.name if because else ""
        locked.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    return locked
