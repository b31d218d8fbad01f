"""The reference page of «Hva er innafor»: each template with its limits, reading level and sources."""

from collections.abc import Iterator
from datetime import date

from samspill.rulebook.reading_level import look
from samspill.rulebook.safety_net import Template, begin, roles, templates
from samspill.rulebook.safety_net.ready import texts
from samspill.rulebook.safety_net.templates import TemplateIndicator
from samspill.rulebook.vital_signs import find

LANGUAGES = ("nb", "nn", "en")


def page() -> str:
    parts = [
        "# «Hva er innafor»",
        "",
        "What a plan at discharge begins with, by condition. The ward adjusts it to the person. Limits are "
        "inside",
        "themselves: a value on a limit is not beyond it. Reading level is LIX of all texts together; below "
        "30 is very",
        "easy.",
        "",
    ]
    for one in templates().values():
        parts += [*_template(one), ""]
    parts += [
        "## Whom a plan can name",
        "",
        "| role | name | number | always answers |",
        "| --- | --- | --- | --- |",
    ]
    for role in roles().values():
        number, always = role.phone or "in the plan", "yes" if role.always else "as the plan says"
        parts.append(f"| `{role.id}` | {role.name['nb']} | {number} | {always} |")
    return "\n".join([*parts, ""])


def _template(one: Template) -> Iterator[str]:
    levels = ", ".join(f"{language} {_lix(one, language)}" for language in LANGUAGES)
    yield f"## {one.name['nb'].capitalize()} (`{one.id}`)"
    yield ""
    yield f"Version {one.version}, from {one.applies_from}, to be looked at again by {one.review_by}."
    yield f"Kinds: {', '.join(one.kinds)}. Reading level: {levels}."
    yield ""
    yield "| indicator | kind | limits to begin with | levels |"
    yield "| --- | --- | --- | --- |"
    for indicator in one.indicators:
        told = ", ".join(indicator.levels)
        yield f"| {indicator.name['nb']} | {indicator.kind} | {_limits(indicator)} | {told} |"
    yield ""
    yield "Sources:"
    yield ""
    for source in one.sources:
        yield f"- {source}"


def _lix(one: Template, language: str) -> int | None:
    plan = begin(one, language=language, person="–", valid_from=date(2026, 11, 1), baselines={"weight": 70})
    return look("\n\n".join(text for _where, text in texts(plan) if text), language).lix


def _limits(one: TemplateIndicator) -> str:
    if one.limits is None:
        return "–"
    names = ("red_low", "yellow_low", "yellow_high", "red_high")
    given = [(name, getattr(one.limits, name)) for name in names]
    told = ", ".join(f"{name} {value}" for name, value in given if value is not None)
    usual = " from what is usual" if one.basis == "baseline" else ""
    change = f"; or {one.change.limits.yellow_high} in {one.change.within_days} days" if one.change else ""
    return f"{told} {find(one.code).unit}{usual}{change}"
