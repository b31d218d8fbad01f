"""Where a measurement from another system belongs: the episode that watches, and what is there already."""

from samspill.care.actions.opening import Opened
from samspill.care.models import CareEpisode, Measurement, MeasurementSource, PatientIndicator


def watching_episode(opened: Opened, code: str) -> CareEpisode | None:
    """The open episode of the caller's teams that watches the code; else the first of them; None without."""
    teams = {one.team_id for one in opened.decisions}
    theirs = [
        one for one in opened.known.episodes if one.tenant_id in opened.tenants and one.team_id in teams
    ]
    if len(theirs) < 2:
        return theirs[0] if theirs else None
    watched = PatientIndicator.objects.filter(episode__in=theirs, code=code, ends__isnull=True)
    found = watched.values_list("episode_id", flat=True).first()
    return next((one for one in theirs if one.pk == found), theirs[0])


def measurements_of_source(opened: Opened, system: str, number: str) -> list[Measurement]:
    """What a system called so, in the records that are open."""
    sources = MeasurementSource.objects.filter(
        patient=opened.patient_id, tenant_id__in=opened.tenants, system=system, number=number
    )
    return [one.measurement for one in sources.select_related("measurement")]
