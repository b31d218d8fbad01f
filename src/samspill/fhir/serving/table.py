"""Every type that is served, by name. `served.yaml` says the same to the world, and a test holds both."""

from samspill.fhir.serving import alerts, asking, following, measurements, medicines, people, written
from samspill.fhir.serving.kinds import Kind

_ALL = (
    alerts.KIND,
    asking.AIMS,
    asking.ANSWERS,
    asking.QUESTIONNAIRES,
    following.EPISODES,
    following.INDICATORS,
    following.TEAMS,
    measurements.KIND,
    medicines.LISTS,
    medicines.STATEMENTS,
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
