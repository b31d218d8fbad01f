"""The list of a team as a page shows it: from `ListRow` alone, inside `care.actions.opening.opening_list`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspill.care.alert_wording import Told, age_on, all_in_words, waited
from samspill.care.models import Block, CareTeam, ListRow, Receiver, TeamCount, TeamMembership
from samspill.care.queries.alerts import part_of
from samspill.care.states import AlertKind, AlertState
from samspill.directory.public import Actor
from samspill.rulebook.triage import Colour, escalation_at

MINE, FREE = "mine", "uten-eier"
GROUPS: Sequence[tuple[str, frozenset[str], str]] = (
    ("red", frozenset({Colour.RED}), "red"),
    ("yellow", frozenset({Colour.YELLOW}), "yellow"),
    ("missing", frozenset({Colour.NONE, Colour.GREEN}), "none"),
)
"""A group of the list: its name, the colours in it, and by which clock it is answered."""
GLYPHS: Mapping[str, str] = {Colour.RED: "red", Colour.YELLOW: "yellow"}
KIND_GLYPHS: Mapping[str, str] = {AlertKind.MISSING: "missing", AlertKind.MESSAGE: "note"}


@dataclass(frozen=True)
class Wanted:
    """What one has asked the list for: `whose` MINE or FREE, a municipality, a kind of alert, a name."""

    whose: str = ""
    municipality: str = ""
    kind: str = ""
    name: str = ""

    def __bool__(self) -> bool:
        return bool(self.whose or self.municipality or self.kind or self.name)

    def lets(self, row: ListRow, account: int | None) -> bool:
        return (
            (not self.whose or any(_is_whose(one["owner"], self.whose, account) for one in row.about))
            and self.municipality in ("", row.municipality)
            and (not self.kind or self.kind in row.kinds)
            and self.name.strip().casefold() in row.name.casefold()
        )


def _is_whose(owner: int | None, whose: str, account: int | None) -> bool:
    return owner == account if whose == MINE else owner is None


@dataclass(frozen=True)
class Line:
    """A row in words. Numbers are text, as an address has them: `first` is the worst alert, and `alerts` are
    all that the team answers for. `can` are the slugs of the steps one can take with the first.
    """

    row: str
    patient: str
    glyph: str
    what: str
    more: str
    who: str
    name: str
    waited: str
    owner: str
    is_free: bool
    stands: str
    first: str
    alerts: str
    can: str


@dataclass(frozen=True)
class GroupOfLines:
    name: str
    lines: Sequence[Line]
    answer_within: timedelta | None


@dataclass(frozen=True)
class Board:
    """`all_rows` how many stand on the list before anything is left out; `counts` by filter value."""

    groups: Sequence[GroupOfLines]
    all_rows: int
    shown: int
    counts: Mapping[str, int]
    municipalities: Sequence[tuple[str, int]]
    kinds: Sequence[tuple[AlertKind, int]]
    patients: Sequence[int] = field(default_factory=tuple)


def teams_of(actor: Actor) -> list[CareTeam]:
    """The teams the person works in today, by name; `sends`: it is told of what another system does not get.

    1 query.
    """
    today = actor.today
    works = Q(from_day__lte=today) & (Q(to_day__isnull=True) | Q(to_day__gt=today))
    lives = Q(team__starts__lte=today) & (Q(team__ends__isnull=True) | Q(team__ends__gt=today))
    held = TeamMembership.objects.filter(works, lives, account=actor.account_id or 0)
    sends = Exists(Receiver.objects.filter(team=OuterRef("team")))
    teams = {}
    for one in held.select_related("team__tenant").annotate(sends=sends):
        one.team.sends = one.sends  # type: ignore[attr-defined]
        teams[one.team_id] = one.team
    return sorted(teams.values(), key=lambda team: team.name)


def board_of(team: CareTeam, wanted: Wanted, *, actor: Actor, now: datetime) -> Board:
    """The list of a team, worst first and then the oldest. 1 query, whatever its length; one more when
    somebody there has both a message and a value, of which they may have blocked the one.
    """
    rows = _without_blocked(list(ListRow.objects.filter(team=team)))
    shown = [row for row in rows if wanted.lets(row, actor.account_id)]
    return Board(
        groups=[_group(name, colours, clock, shown, actor, now) for name, colours, clock in GROUPS],
        all_rows=len(rows),
        shown=len(shown),
        counts=_counts(rows, actor.account_id),
        municipalities=sorted(Counter(row.municipality for row in rows if row.municipality).items()),
        kinds=[(AlertKind(kind), count) for kind, count in _kinds(rows)],
        patients=[row.patient_id for row in shown],
    )


def _without_blocked(rows: list[ListRow]) -> list[ListRow]:
    """Rows without the alerts about what the patient has blocked for who looks."""
    mixed = [row for row in rows if len({part_of(kind) for kind in row.kinds}) > 1]
    if not mixed:
        return rows
    said = Block.objects.filter(patient__in=[row.patient_id for row in mixed]).exclude(kinds=[])
    blocked: dict[int, set[str]] = {}
    for patient, kinds in said.values_list("patient", "kinds"):
        blocked.setdefault(patient, set()).update(kinds)
    for row in mixed:
        row.about = [one for one in row.about if part_of(one["kind"]) not in blocked.get(row.patient_id, ())]
        row.kinds = sorted({one["kind"] for one in row.about})
        if row.about:
            row.severity, row.alerts = row.about[0]["severity"], len(row.about)
            row.since = datetime.fromisoformat(row.about[0]["raised"])
    return [row for row in rows if row.about]


def count_of(team: CareTeam, day: date) -> TeamCount | None:
    """What was counted for the team today, when something was. 1 query."""
    return TeamCount.objects.filter(team=team, day=day).first()


def _counts(rows: Iterable[ListRow], account: int | None) -> dict[str, int]:
    found = Counter[str]()
    for row in rows:
        owners = {one["owner"] for one in row.about}
        found[MINE] += account in owners
        found[FREE] += None in owners
    return dict(found)


def _kinds(rows: Iterable[ListRow]) -> list[tuple[str, int]]:
    return sorted(Counter(kind for row in rows for kind in row.kinds).items())


def _group(
    name: str, colours: frozenset[str], clock: str, rows: Iterable[ListRow], actor: Actor, now: datetime
) -> GroupOfLines:
    steps = escalation_at(now, clock)
    lines = [_line(row, actor, now) for row in rows if row.severity in colours]
    return GroupOfLines(name, lines, steps[0].at - now if steps else None)


def _line(row: ListRow, actor: Actor, now: datetime) -> Line:
    worst = row.about[0]
    said = all_in_words(row.about, now)
    age = age_on(actor.today, row.birth_date)
    return Line(
        row=str(row.pk),
        patient=str(row.patient_id),
        glyph=GLYPHS.get(row.severity) or KIND_GLYPHS.get(worst["kind"], "unknown"),
        what=said[0],
        more=", ".join(said[1:]),
        who=", ".join(str(part) for part in (row.name, age, row.municipality) if part not in (None, "")),
        name=row.name,
        waited=waited(row.since, now),
        owner=_owner(worst, actor.account_id),
        is_free=worst["owner"] is None and not worst["offered"] and not worst["from_team"],
        stands=_stands(worst),
        first=str(worst["alert"]),
        alerts="-".join(str(one["alert"]) for one in row.about if not one["from_team"]),
        can=" ".join(_can(worst, actor.account_id)),
    )


def _owner(told: Told, account: int | None) -> str:
    if told["from_team"]:
        return _("Offered by %(team)s") % {"team": told["from_team"]}
    if told["offered"]:
        return _("Offered to %(team)s") % {"team": told["offered"]}
    if told["owner"] is None:
        return _("No owner")
    return pgettext("who has it", "You") if told["owner"] == account else str(told["owner_name"])


def _stands(told: Told) -> str:
    if told["is_inside"]:
        return pgettext("line", "inside again")
    if told["state"] in (AlertState.ACKNOWLEDGED, AlertState.ACTED):
        return pgettext("line", "acknowledged")
    return pgettext("line", "told to others") if told["level"] and told["owner"] is None else ""


def _can(told: Told, account: int | None) -> list[str]:
    if told["from_team"]:
        return ["godta", "avsla"]
    own = {None: ["ta"], account: ["slipp"]}.get(told["owner"], [])
    return [*own, *([] if told["offered"] else ["overlat"]), "kvitter"]
