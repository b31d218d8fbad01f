"""The package of a meeting for the archive of each party: the same bytes for all, and a receipt from each.

A helsefellesskap has no archive of its own, so every party keeps its copy. Here: the zip and its rows. What
is in it: `queries.package`; what it must look like: docs/reference/delivery.schema.json.
"""

import hashlib
import io
import json
import mimetypes
import re
import zipfile
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, Party, record
from samspill.documents.writing import ARCHIVED, to_pdf
from samspill.governance.models import Delivery, Meeting, Treatment
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.impartiality import check_not_disqualified
from samspill.governance.queries.package import Document, Registration, as_values, folder, registrations
from samspill.governance.queries.package_papers import paper_of
from samspill.governance.states import ANNOUNCED, MeetingState
from samspill.refusal import Refused

FORMAT, VERSION = "samspill-arkivpakke", "1.0"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""What a zip says of every file: when it was made says nothing about what it holds."""
_NORWEGIAN = str.maketrans("æøå", "eoa")
_PLAIN_TEXT = re.compile(r"[^A-Za-z0-9]+")
LONGEST_REFERENCE = 120


def make_delivery(meeting: Meeting, *, by: Actor) -> Delivery:
    """The package as the meeting is now; the same as before adds nothing. Refuses before the notice."""
    check_may_act(by, "deliveries.make", meeting)
    if MeetingState(meeting.state) not in ANNOUNCED:
        raise Refused(
            "delivery.not_called",
            _("Nobody has been called to this meeting. There is a package when the notice has been sent."),
        )
    check_not_disqualified(by, [one.case_id for one in Treatment.objects.filter(items__meeting=meeting)])
    content = package_of(meeting)
    sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        made = Delivery.objects.filter(meeting=meeting, sha256=sha256).first()
        if made is None:
            made = Delivery.objects.create(
                community_id=meeting.community_id,
                meeting=meeting,
                sha256=sha256,
                size_bytes=len(content),
                made_by_id=by.account_id,
            )
            record(by=by, act="delivery.make", on=made, title=str(meeting), sha256=sha256)
        if not default_storage.exists(place_of(sha256)):
            default_storage.save(place_of(sha256), ContentFile(content))
    return made


def receive_delivery(
    delivery: Delivery, party: Party, *, reference: str, by: Actor, now: datetime
) -> Delivery:
    """A party's archive has got the package; `reference` is what it is called there."""
    check_may_act(by, "deliveries.make", delivery)
    if party.community_id != delivery.community_id:
        raise Refused("delivery.party", _("Choose a party of this helsefellesskap."), field="party")
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
        said = {"at": now.isoformat(timespec="seconds"), "reference": reference.strip()[:LONGEST_REFERENCE]}
        delivery.receipts = {**delivery.receipts, str(party.pk): said}
        delivery.save(update_fields=["receipts"])
        record(by=by, act="delivery.receive", on=delivery, title=str(delivery.meeting), party=party.pk)
    return delivery


def place_of_delivery(delivery: Delivery) -> str:
    """Where the storage keeps the package."""
    return place_of(delivery.sha256)


def place_of(sha256: str) -> str:
    return f"deliveries/{sha256[:2]}/{sha256}.zip"


def package_of(meeting: Meeting) -> bytes:
    """The zip: noark.json, the files, and manifest.json with the SHA-256 of each. It is always the same."""
    files: dict[str, bytes] = {}
    said = []
    for one in registrations(meeting):
        documents = [] if one.is_held_back else [_put(files, meeting, one, doc) for doc in one.documents]
        said.append(as_values(one, documents))
    noark = {"format": FORMAT, "versjon": VERSION, "moetemappe": folder(meeting) | {"registrering": said}}
    files["noark.json"] = _json(noark)
    listed = [
        {"sti": path, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for path, content in sorted(files.items())
    ]
    files["manifest.json"] = _json(
        {"format": FORMAT, "versjon": VERSION, "algoritme": "SHA-256", "filer": listed}
    )
    return _zipped(files)


def _put(files: dict[str, bytes], meeting: Meeting, one: Registration, document: Document) -> dict[str, Any]:
    """The document's bytes among the files, and what is told of it."""
    if document.sha256:
        content, suffix = _kept(document), _suffix(document)
    else:
        made_at = timezone.localtime(one.at)
        paper = paper_of(meeting, document.title, document.kind, document.content, made_at=made_at)
        content, suffix = to_pdf(paper, standards=ARCHIVED), ".pdf"
    path = f"dokumenter/{one.number}-{one.kind}-{_slug(document.title)}{suffix}"
    files[path] = content
    return {
        "tittel": document.title,
        "sti": path,
        "mimeType": document.content_type,
        "format": "PDF/A-2a" if not document.sha256 else document.content_type,
        "sha256": hashlib.sha256(content).hexdigest(),
        "filstoerrelse": len(content),
    }


def _kept(document: Document) -> bytes:
    """The bytes of an attachment. Refuses when they are not what they were, or not there."""
    name = f"papers/{document.sha256[:2]}/{document.sha256}"
    if default_storage.exists(name):
        with default_storage.open(name, "rb") as file:
            content: bytes = file.read()
        if hashlib.sha256(content).hexdigest() == document.sha256:
            return content
    raise Refused(
        "delivery.file",
        _("The file of «%(title)s» is not as it was kept. Put back a backup of the files, then deliver.")
        % {"title": document.title},
    )


def _suffix(document: Document) -> str:
    dot = document.name.rpartition(".")
    return (
        f".{_slug(dot[2])}"
        if dot[1] and dot[2]
        else mimetypes.guess_extension(document.content_type) or ".bin"
    )


def _slug(text: str) -> str:
    ascii_text = text.lower().translate(_NORWEGIAN)
    return _PLAIN_TEXT.sub("-", ascii_text).strip("-")[:60] or "dokument"


def _json(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _zipped(files: dict[str, bytes]) -> bytes:
    """Stored, not packed: how a zip packs differs from machine to machine."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as zipped:
        for path in sorted(files):
            about = zipfile.ZipInfo(path, _FIRST_DAY)
            about.external_attr = 0o644 << 16
            about.create_system = 3
            zipped.writestr(about, files[path])
    return made.getvalue()
