"""Every type that is served, by name. `served.yaml` says the same to the world, and a test holds both."""

from samspill.fhir.serving import alerts, asking, following, measurements, people, written
from samspill.fhir.serving.kinds import Kind

_ALL = (
    alerts.KIND,
    asking.AIMS,
    asking.ANSWERS,
    asking.LISTS,
    asking.MEDICATION,
    asking.QUESTIONNAIRES,
    following.EPISODES,
    following.INDICATORS,
    following.TEAMS,
    measurements.KIND,
    people.PARTIES,
    people.PATIENTS,
    people.PRACTITIONERS,
    people.RELATIVES,
    people.ROLES,
    written.CONSENTS,
    written.LOG,
    written.MESSAGES,
    written.PLANS,
    written.SOURCES,
)
KINDS: dict[str, Kind] = {one.type: one for one in _ALL}
