"""What stands in the briefs of cases now, and as one reads it."""

from collections.abc import Iterable, Mapping

from samspill.governance.models import Case, CaseText
from samspill.governance.rules.briefs import template_of


def standing_texts(case_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """The newest standing text of each part, by case and part. 1 query."""
    found: dict[int, dict[str, str]] = {}
    rows = CaseText.objects.filter(case_id__in=list(case_ids), beside=False).order_by("pk")
    for case_id, part, text in rows.values_list("case_id", "part", "text"):
        found.setdefault(case_id, {})[part] = text
    return found


def brief_content(case: Case, texts: Mapping[str, str]) -> list[dict[str, str]]:
    """[{"part", "heading", "text"}] of parts that hold words, in order, in the case's målform."""
    return [
        {"part": one.part.value, "heading": one.heading, "text": texts[one.part].strip()}
        for one in template_of(case.kind, case.language)
        if texts.get(one.part, "").strip()
    ]
