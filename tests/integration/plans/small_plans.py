"""Plans written for these tests, and bringing them in."""

from samspill.directory.public import Actor, Community, scope
from samspill.plans.public import ImportResult, import_plan


def small_plan(
    community: str = "Helsefellesskapet Østfold",
    years: str = "2025-2027",
    rows: tuple[tuple[str, str, str], ...] = (
        ("Avtale fast telefontid mellom BUP og skolene", "SSU", "30.06.2027"),
        ("Lage felles kurs i samtaler med pårørende", "", ""),
        ("Prøve ut besøk første uke etter utskriving", "Halden, Moss", ""),
    ),
    adopted: str = "Vedtatt i Partnerskapsmøtet 07.02.2025",
) -> bytes:
    """A plan in one table, as Markdown text; written for these tests."""
    head = f"# Handlingsplan for {community} {years}\n\n{adopted}\n\nSSU = Strategisk samarbeidsutvalg\n\n"
    area = "## 1 Barn og unge\n\nHva vil vi?\tTiltak\tAnsvarlig\tFrist\n"
    lines = (f"Trygge overganger\t{text}\t{who}\t{day}" for text, who, day in rows)
    return (head + area + "\n".join(lines) + "\n").encode()


def bring(content: bytes, by: Actor, name: str = "handlingsplan.md") -> ImportResult:
    community = Community.objects.get(pk=by.community_id)
    with scope(by):
        return import_plan(document_bytes=content, file_name=name, community=community, by=by)
