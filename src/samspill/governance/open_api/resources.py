"""Every resource of the open data, in the order they are told of."""

from samspill.governance.open_api.cases import CASES, PAPERS
from samspill.governance.open_api.consultations import CONSULTATIONS
from samspill.governance.open_api.decisions import DECISIONS, POINTS
from samspill.governance.open_api.meetings import AGENDAS, MEETINGS
from samspill.governance.open_api.organisations import BODIES, COMMUNITIES, MEMBERSHIPS
from samspill.governance.open_api.shapes import Resource

RESOURCES: dict[str, Resource] = {
    one.name: one
    for one in (
        COMMUNITIES,
        BODIES,
        MEMBERSHIPS,
        MEETINGS,
        AGENDAS,
        CASES,
        DECISIONS,
        POINTS,
        PAPERS,
        CONSULTATIONS,
    )
}
