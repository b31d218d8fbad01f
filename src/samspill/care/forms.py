"""The builder of «Hva er innafor»: a plan as the fields of a page, and what was written read back.

Nothing that is written is refused here: a number that cannot be read is told of, and stands as written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.care.actions.safety_net import Signed
from samspill.care.models import SafetyNetPlan
from samspill.care.plain_values import number
from samspill.rulebook.safety_net import Indicator, Level, Plan, begin, role, template
from samspill.rulebook.safety_net.plans import written
from samspill.rulebook.triage.limits import NAMES, Limits

LIMIT_LABELS = {
    "red_low": gettext_lazy("Red below"),
    "yellow_low": gettext_lazy("Yellow below"),
    "yellow_high": gettext_lazy("Yellow above"),
    "red_high": gettext_lazy("Red above"),
}
LONGEST = 2000


@dataclass(frozen=True)
class Box:
    """A field of the page. `lang` is the language of what is written in it."""

    name: str
    label: str
    value: str = ""
    error: str = ""
    rows: int = 0
    lang: str = ""
    type: str = "text"


@dataclass(frozen=True)
class IndicatorBoxes:
    id: str
    name: str
    kept: bool
    limits: tuple[Box, ...]
    levels: tuple[Box, ...]


@dataclass(frozen=True)
class LevelBoxes:
    id: str
    title: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Filled:
    """What was written: the plan, what was signed, whom it is for, and what could not be read, by field."""

    plan: Plan
    signed: Signed
    recipients: tuple[str, ...]
    errors: Mapping[str, str]


def offered(plan: Plan) -> tuple[Indicator, ...]:
    """All that the template can watch, with the plan's own words where it has them."""
    kept = {one.id: one for one in plan.indicators}
    made_from = begin(
        template(plan.template), language=plan.language, person=plan.person,
        valid_from=plan.valid_from or date.min, kind=plan.kind,
    )  # fmt: skip
    return (*(kept.pop(one.id, one) for one in made_from.indicators), *kept.values())


def read(posted: QueryDict, plan: Plan) -> Filled:
    """The plan with what was written in place of what it said."""
    errors: dict[str, str] = {}
    indicators = tuple(
        _indicator(posted, one, plan.language, errors) for one in offered(plan) if f"on-{one.id}" in posted
    )
    changed = replace(
        plan,
        person=_text(posted, "person"),
        about=_text(posted, "about"),
        indicators=indicators,
        levels={name: _level(posted, name, said) for name, said in plan.levels.items()},
        responsibility=tuple(filter(None, map(str.strip, _text(posted, "duties").splitlines()))),
        valid_to=_day(posted, "valid_to", errors),
    )
    signed = Signed("is_read" in posted, _text(posted, "reason")[:500])
    return Filled(changed, signed, tuple(posted.getlist("to")), errors)


def _text(posted: QueryDict, name: str) -> str:
    return (posted.get(name, "") or "").replace("\x00", "").strip()[:LONGEST]


def _day(posted: QueryDict, name: str, errors: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(said) if (said := _text(posted, name)) else None
    except ValueError:
        errors[name] = _("Write the day as year-month-day, or choose it.")
        return None


def _limit(posted: QueryDict, name: str, before: Decimal | None, errors: dict[str, str]) -> Decimal | None:
    said = _text(posted, name)
    try:
        return number(said) if said else None
    except ValueError:
        errors[name] = _("Write a number, as 72.5.")
        return before


def _indicator(posted: QueryDict, one: Indicator, language: str, errors: dict[str, str]) -> Indicator:
    limits = one.limits
    if one.kind == "measured":
        at = {
            name: _limit(posted, f"{one.id}-{name}", getattr(one.limits, name, None), errors)
            for name in NAMES
        }
        limits = Limits(**at) if any(value is not None for value in at.values()) else None
    said = {level: _text(posted, f"{one.id}-{level}") for level in ("green", "yellow", "red")}
    return replace(one, limits=limits, levels={level: text for level, text in said.items() if text})


def _level(posted: QueryDict, name: str, said: Level) -> Level:
    contacts = tuple(
        one if role(one.role).phone else replace(one, phone=_text(posted, f"phone-{one.role}")[:40])
        for one in said.contacts
    )
    do, why = _text(posted, f"{name}-do"), _text(posted, f"{name}-why")
    own = _text(posted, f"{name}-own") if f"{name}-own" in posted else said.own_step
    return replace(said, do=do, why=why, own_step=own, contacts=contacts)


def numbers_of(plan: Plan) -> dict[str, str]:
    """Whom the plan names and whose number it must say, by role, with the number."""
    return {
        one.role: one.phone
        for said in plan.levels.values()
        for one in said.contacts
        if not role(one.role).phone
    }


@dataclass(frozen=True)
class Page:
    """The fields of the builder; `posted` and `errors` are what was sent and could not be read."""

    plan: Plan
    row: SafetyNetPlan
    posted: QueryDict | None = None
    errors: Mapping[str, str] | None = None

    def _box(self, name: str, label: object, value: object, **more: object) -> Box:
        error = (self.errors or {}).get(name, "")
        said = (self.posted.get(name) or "") if error and self.posted is not None else value
        return Box(name, str(label), str(said), error, **more)  # type: ignore[arg-type]

    def _words(self, name: str, label: object, value: str, rows: int = 2) -> Box:
        return self._box(name, label, value, rows=rows, lang=self.plan.language)

    @property
    def about(self) -> tuple[Box, ...]:
        until = self.plan.valid_to.isoformat() if self.plan.valid_to else ""
        return (
            self._box("person", _("What the patient is called in the plan"), self.plan.person),
            self._words("about", _("What this is about"), self.plan.about),
            self._box("valid_to", _("Holds until (may be left open)"), until, type="date"),
        )

    @property
    def indicators(self) -> tuple[IndicatorBoxes, ...]:
        kept = {one.id for one in self.plan.indicators}
        return tuple(self._indicator(one, one.id in kept) for one in offered(self.plan))

    def _indicator(self, one: Indicator, kept: bool) -> IndicatorBoxes:
        names = NAMES if one.kind == "measured" else ()
        limits = []
        for name in names:
            at = getattr(one.limits, name, None)
            value = "" if at is None else written(at, self.plan.language)
            limits.append(self._box(f"{one.id}-{name}", LIMIT_LABELS[name], value))
        levels = tuple(
            self._words(f"{one.id}-{level}", label, one.levels.get(level, ""))
            for level, label in (("green", _("Usual")), ("yellow", _("Call today")), ("red", _("Help now")))
        )
        return IndicatorBoxes(one.id, one.name, kept, tuple(limits), levels)

    @property
    def levels(self) -> tuple[LevelBoxes, ...]:
        return tuple(
            LevelBoxes(
                name,
                said.title,
                (
                    *self._own_step(name, said),
                    self._words(f"{name}-do", _("What to do"), said.do),
                    self._words(f"{name}-why", _("Why"), said.why),
                ),
            )
            for name, said in self.plan.levels.items()
        )

    def _own_step(self, name: str, said: Level) -> tuple[Box, ...]:
        """What the person does first, in a plan for self-management."""
        if self.plan.kind != "self_management":
            return ()
        return (self._words(f"{name}-own", _("What one does oneself first"), said.own_step),)

    @property
    def phones(self) -> tuple[Box, ...]:
        return tuple(
            self._box(f"phone-{name}", role(name).name[self.plan.language], phone, type="tel")
            for name, phone in numbers_of(self.plan).items()
        )

    @property
    def duties(self) -> Box:
        lines = "\n".join(self.plan.responsibility)
        return self._words("duties", _("Who answers for what (one on each line)"), lines, rows=5)

    @property
    def reason(self) -> Box:
        said = _("Why the plan has no medication list; you sign this")
        return self._box("reason", said, self.row.medication_reason)
