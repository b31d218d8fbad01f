"""What a body gets is kept as it was: a numbered version of a case's brief."""

from collections.abc import Iterable

from django.utils import translation

from samspill.directory.public import Actor
from samspill.governance.models import Case, CaseBrief, CaseText
from samspill.governance.states import BriefPart


def freeze_briefs(cases: Iterable[Case], *, by: Actor) -> list[CaseBrief]:
    """A version of each case's brief as it stands, where it differs from the newest. 3 queries."""
    wanted = {case.pk: case for case in cases}
    standing = standing_texts(wanted)
    newest: dict[int, CaseBrief] = {}
    for brief in CaseBrief.objects.filter(case__in=wanted).order_by("version"):
        newest[brief.case_id] = brief
    made = []
    for pk, case in wanted.items():
        content = brief_content(case, standing.get(pk, {}))
        before = newest.get(pk)
        if not content or (before is not None and before.content == content):
            continue
        made.append(_version(case, content, before.version + 1 if before else 1, by))
    return CaseBrief.objects.bulk_create(made)


def freeze_brief(case: Case, *, by: Actor) -> CaseBrief | None:
    """The same for one case; None when nothing is new."""
    made = freeze_briefs([case], by=by)
    return made[0] if made else None


def standing_texts(case_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """The newest standing text of each part, by case and part. 1 query."""
    found: dict[int, dict[str, str]] = {}
    rows = CaseText.objects.filter(case_id__in=list(case_ids), beside=False).order_by("pk")
    for case_id, part, text in rows.values_list("case_id", "part", "text"):
        found.setdefault(case_id, {})[part] = text
    return found


def brief_content(case: Case, texts: dict[str, str]) -> list[dict[str, str]]:
    """Parts with words in their order, with headings in the case's målform."""
    with translation.override(case.language):
        return [
            {"part": part.value, "heading": str(part.label), "text": texts[part].strip()}
            for part in BriefPart
            if texts.get(part, "").strip()
        ]


def _version(case: Case, content: list[dict[str, str]], version: int, by: Actor) -> CaseBrief:
    return CaseBrief(
        community_id=case.community_id,
        case=case,
        version=version,
        content=content,
        access=case.access,
        law_reference=case.law_reference,
        public_title=case.public_title,
        screened_until=case.screened_until,
        by_id=by.account_id,
        by_name=by.name,
    )
