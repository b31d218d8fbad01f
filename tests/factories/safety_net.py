"""Plans of «Hva er innafor» for the patients of `care_world`, and those who are to have them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from factories.care import LONG_AGO, CareWorld
from factories.people import TODAY, member
from samspill.care.actions.medication import About, begin_list, save_list, sign_list
from samspill.care.actions.safety_net import Signed, begin, check, save, send
from samspill.care.carrying import deciding
from samspill.care.medication_lines import Line
from samspill.care.models import CareTeam, MedicationList, Patient, RelatedPerson, SafetyNetPlan
from samspill.directory.public import Actor, acting_as, scope
from samspill.refusal import Refused
from samspill.rulebook.safety_net import Plan, from_plain
from samspill.rulebook.triage.limits import Limits

ASTRID, ODD = "Astrid Lunde", "Odd Nilsen"
NOW = datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(hours=10)
PHONES = {"Ward": "69 86 00 00", "Service": "69 30 00 00", "Moss": "69 24 00 00"}
READ = Signed(is_read=True)


@dataclass
class Family:
    """Astrid herself, and her daughter, who may see what her mother sees."""

    astrid: Actor
    daughter: Actor
    near: RelatedPerson


def citizen(world: CareWorld, name: str) -> Actor:
    account = member("ostfold", "citizen", name=name, email=f"{name.split()[0].lower()}@hjemme.example")
    return replace(acting_as(account, today=TODAY, community_id=world.community.pk), level=4)


def family(world: CareWorld) -> Family:
    astrid, daughter = citizen(world, ASTRID), citizen(world, "Mona Lunde")
    who = world.patients[ASTRID]
    with scope(world.machine), deciding(who.pk):
        near = RelatedPerson.objects.create(
            community=world.community,
            patient=who,
            account_id=daughter.account_id,
            name=daughter.name,
            relation="child",
            is_next_of_kin=True,
            may_see=True,
            may_enter=True,
            from_day=LONG_AGO,
        )
        Patient.objects.filter(pk=who.pk).update(account_id=astrid.account_id)
    return Family(astrid, daughter, near)


def with_phones(world: CareWorld) -> None:
    with scope(world.machine):
        for name, phone in PHONES.items():
            CareTeam.objects.filter(pk=world.teams[name].pk).update(phone=phone)


def complete(plan: Plan, usual_weight: str = "70") -> Plan:
    """With the numbers that are missing, and limits for the weight."""
    most = Limits(yellow_high=Decimal(usual_weight) + 2)
    indicators = tuple(
        replace(one, limits=most) if one.id == "weight" and one.limits is None else one
        for one in plan.indicators
    )
    levels = {
        name: replace(
            said,
            contacts=tuple(one if one.number else replace(one, phone="69 11 22 33") for one in said.contacts),
        )
        for name, said in plan.levels.items()
    }
    return replace(plan, indicators=indicators, levels=levels)


def draft(world: CareWorld, *, by: str = "Ward", problem: str = "heart_failure") -> SafetyNetPlan:
    nurse = world.nurses[by]
    with scope(nurse):
        return begin(world.patients[ASTRID].pk, problem, by=nurse, now=NOW)


def ready(
    world: CareWorld, recipients: Collection[str], *, by: str = "Ward", signed: Signed = READ,
    usual_weight: str = "70", has_list: bool = True,
) -> SafetyNetPlan:  # fmt: skip
    """A draft with nothing in the way, but perhaps its recipients."""
    if has_list:
        signed_list(world, by=by)
    row, nurse = draft(world, by=by), world.nurses[by]
    with scope(nurse):
        plan = complete(from_plain(row.content), usual_weight)
        return save(row.pk, row.patient_id, plan, by=nurse, now=NOW, signed=signed, recipients=recipients)


LINES = (
    Line("Furosemid", "40 mg", "tablett", "1 om morgenen", "væske i kroppen", decision="new", atc="C03CA01"),
    Line("Ramipril", "5 mg", "tablett", "1 om morgenen", decision="continued"),
    Line("Ibuprofen", "400 mg", "tablett", decision="stopped", reason="det belaster nyrene"),
)
COMPARED = About(sources=("patient", "discharge"), place="Ward")


def signed_list(
    world: CareWorld, lines: Sequence[Line] = LINES, *, by: str = "Ward", at: datetime = NOW
) -> MedicationList:
    """Astrid's medicines, gone through and signed."""
    nurse, patient = world.nurses[by], world.patients[ASTRID].pk
    with scope(nurse):
        row = begin_list(patient, by=nurse, now=at)
        save_list(row.pk, patient, lines, about=COMPARED, by=nurse)
        return sign_list(row.pk, patient, by=nurse, now=at)


def sent(
    world: CareWorld, recipients: Collection[str], *, by: str = "Ward", at: datetime = NOW
) -> SafetyNetPlan:
    row, nurse = ready(world, recipients, by=by), world.nurses[by]
    with scope(nurse):
        return send(row.pk, row.patient_id, by=nurse, now=at)


def team_key(world: CareWorld, name: str) -> str:
    return f"team:{world.teams[name].pk}"


def all_recipients(world: CareWorld, home: Family) -> list[str]:
    return [team_key(world, "Service"), f"related:{home.near.pk}", f"patient:{world.patients[ASTRID].pk}"]


def missing(world: CareWorld, row: SafetyNetPlan, by: str = "Ward") -> set[str]:
    """The codes of what stands in the way."""
    nurse = world.nurses[by]
    with scope(nurse):
        return {one.code for one in check(row.pk, row.patient_id, by=nurse)}


def refused_in(by: Actor, act: Callable[..., object], *args: object, **kwargs: object) -> str:
    """The code by which the act is refused; "" when it is not."""
    with scope(by):
        try:
            act(*args, by=by, **kwargs)
        except Refused as refused:
            return refused.code
    return ""
