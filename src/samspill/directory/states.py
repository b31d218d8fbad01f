"""Code sets of the directory. Stored values are stable codes; labels are for people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WrittenForm(TextChoices):
    """Målform, and English as the third language (ISO 639-1)."""

    BOKMAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")
    ENGLISH = "en", _("English")


class PartyKind(TextChoices):
    MUNICIPALITY = "municipality", _("municipality")
    HEALTH_TRUST = "health_trust", _("health trust")


class Bloc(TextChoices):
    """The two sides of a helsefellesskap; the unit of parity."""

    MUNICIPAL = "municipal", _("municipal side")
    HOSPITAL = "hospital", _("hospital side")


BLOC_OF: dict[str, Bloc] = {
    PartyKind.MUNICIPALITY: Bloc.MUNICIPAL,
    PartyKind.HEALTH_TRUST: Bloc.HOSPITAL,
}


class OrganisationKind(TextChoices):
    USERS = "users", _("user organisation")
    EMPLOYEES = "employees", _("employees' organisation")
    AUTHORITY = "authority", _("public authority")
    OTHER = "other", _("other organisation")


class UnitKind(TextChoices):
    HOSPITAL_WARD = "hospital_ward", _("hospital ward")
    MUNICIPAL_SERVICE = "municipal_service", _("municipal service")
    ADMINISTRATION = "administration", _("administration")


class BodyKind(TextChoices):
    """Kinds of bodies in the five documents; levels and names vary between helsefellesskap and are data."""

    PARTNERSHIP_MEETING = "partnership_meeting", _("partnership meeting")
    STRATEGIC = "strategic", _("strategic committee")
    PROFESSIONAL = "professional", _("professional committee")
    SUBCOMMITTEE = "subcommittee", _("sub-committee")
    EXPERT_GROUP = "expert_group", _("expert group")
    WORKING_GROUP = "working_group", _("working group")
    RESOURCE_GROUP = "resource_group", _("resource group")
    COUNCIL = "council", _("council for a period")
    NETWORK = "network", _("network")
    MEETING_PLACE = "meeting_place", _("meeting place")
    SECRETARIAT = "secretariat", _("secretariat")


class RoleCode(TextChoices):
    """What an account does for a community, a party or a body."""

    SECRETARIAT = "secretariat", _("secretariat")
    DIRECTOR = "director", _("municipal director")
    MEMBER = "member", _("committee member")
    OBSERVER = "observer", _("observer")
    PLAN_OWNER = "plan_owner", _("plan owner")
    ANALYST = "analyst", _("analyst")
    ADMINISTRATOR = "administrator", _("administrator")
    HEALTH_WORKER = "health_worker", _("health care worker")
    CITIZEN = "citizen", _("patient or relative")
    PRIVACY_OFFICER = "privacy_officer", _("privacy officer")
