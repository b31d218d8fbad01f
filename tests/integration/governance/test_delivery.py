"""A meeting's package for the archives: whole, always the same, read back, receipted by each party."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from factories.bodies import Bodies
from factories.json_schema import faults
from factories.open_world import MARKERS, OpenWorld, open_world
from factories.people import actor, member
from samspill.cli.governance import write_package
from samspill.directory.public import Account, AuditEvent, Party
from samspill.governance.actions.delivering import (
    make_delivery,
    package_of,
    place_of,
    receive_delivery,
)
from samspill.governance.models import Case, CaseBrief, Delivery
from samspill.governance.states import Access
from samspill.refusal import Refused

SCHEMA = json.loads(
    (Path(__file__).resolve().parents[3] / "docs" / "reference" / "delivery.schema.json").read_text("utf-8")
)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def make_world(bodies: Bodies) -> OpenWorld:
    made = open_world(bodies)
    CaseBrief.objects.create(
        community=bodies.community,
        case=made.case,
        version=1,
        content=[{"part": "summary", "heading": "Kort fortalt", "text": "Tre kommuner deler en patrulje."}],
        by_name="Randi",
    )
    return made


def opened(content: bytes) -> tuple[dict, dict[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    return json.loads(files["noark.json"]), files


def test_the_package_is_as_its_schema_says_and_every_file_is_as_the_manifest_says(world: OpenWorld) -> None:
    noark, files = opened(package_of(world.meeting))
    assert list(faults(noark, SCHEMA, SCHEMA)) == []
    manifest = json.loads(files["manifest.json"])
    listed = {one["sti"]: (one["sha256"], one["bytes"]) for one in manifest["filer"]}
    found = {name: (hashlib.sha256(body).hexdigest(), len(body)) for name, body in files.items()}
    assert listed == {name: said for name, said in found.items() if name != "manifest.json"}
    told = {one["sti"] for row in noark["moetemappe"]["registrering"] for one in row["dokumenter"]}
    assert told == {name for name in files if name.startswith("dokumenter/")}


def test_every_kind_of_registration_is_there_with_codes_and_grounds(world: OpenWorld) -> None:
    noark, _files = opened(package_of(world.meeting))
    rows = noark["moetemappe"]["registrering"]
    assert {row["moeteregistreringstype"] for row in rows} == {"MI", "SL", "OL", "SF", "SP", "MP", "VL"}
    assert {row["vedtakskode"] for row in rows if row["moeteregistreringstype"] == "SP"} == {"BE"}
    screened = [row for row in rows if row["skjerming"]]
    assert {row["skjerming"]["tilgangsrestriksjon"] for row in screened} == {"body", "parties"}
    assert all(row["skjerming"]["skjermingshjemmel"] for row in screened)
    assert all(word not in row["offentligTittel"] for row in screened for word in MARKERS)


def test_the_same_meeting_gives_the_same_bytes(world: OpenWorld) -> None:
    assert package_of(world.meeting) == package_of(world.meeting)
    first, again = (make_delivery(world.meeting, by=world.bodies.by) for _time in range(2))
    assert first == again
    assert Delivery.objects.count() == AuditEvent.objects.filter(act="delivery.make").count() == 1
    with default_storage.open(place_of(first.sha256), "rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == first.sha256


def test_what_is_written_for_the_archive_is_pdf_a(world: OpenWorld) -> None:
    noark, files = opened(package_of(world.meeting))
    documents = [one for row in noark["moetemappe"]["registrering"] for one in row["dokumenter"]]
    written = [one for one in documents if one["format"] == "PDF/A-2a"]
    assert len(written) >= 6
    for one in written:
        about = PdfReader(io.BytesIO(files[one["sti"]])).xmp_metadata
        text = about.stream.get_data().decode("utf-8")
        assert "<pdfaid:part>2</pdfaid:part>" in text
        assert "<pdfaid:conformance>A</pdfaid:conformance>" in text
    minutes = next(one for one in written if "-MP-" in one["sti"])
    assert MARKERS[1] in "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(files[minutes["sti"]])).pages
    )


def test_what_only_the_secretariat_may_read_is_told_of_and_not_sent(world: OpenWorld) -> None:
    Case.objects.filter(pk=world.closed["case"]).update(access=Access.SECRETARIAT)
    noark, _files = opened(package_of(world.meeting))
    held = [row for row in noark["moetemappe"]["registrering"] if row["holdtTilbake"]]
    assert held
    assert all(row["dokumenter"] == [] and row["tittel"] == row["offentligTittel"] for row in held)
    assert list(faults(noark, SCHEMA, SCHEMA)) == []


def test_a_file_that_is_not_as_it_was_stops_the_package_and_nothing_is_stored(world: OpenWorld) -> None:
    version = world.paper.versions.get()
    name = f"papers/{version.sha256[:2]}/{version.sha256}"
    whole = default_storage.open(name, "rb").read()
    try:
        default_storage.delete(name)
        with pytest.raises(Refused) as refused:
            make_delivery(world.meeting, by=world.bodies.by)
    finally:
        default_storage.save(name, io.BytesIO(whole))
    assert refused.value.code == "delivery.file"
    assert not Delivery.objects.exists()


def test_there_is_no_package_before_the_notice(world: OpenWorld) -> None:
    with pytest.raises(Refused):
        make_delivery(world.draft, by=world.bodies.by)


def test_each_party_gives_a_receipt_and_another_helsefellesskap_s_cannot(world: OpenWorld) -> None:
    made = make_delivery(world.meeting, by=world.bodies.by)
    party = Party.objects.filter(community=world.bodies.community)[0]
    made = receive_delivery(made, party, reference="26/118", by=world.bodies.by, now=timezone.now())
    assert made.receipts[str(party.pk)]["reference"] == "26/118"
    stranger = Party.objects.exclude(community=world.bodies.community)[0]
    with pytest.raises(Refused):
        receive_delivery(made, stranger, reference="", by=world.bodies.by, now=timezone.now())


def test_only_the_secretariat_of_the_helsefellesskap_delivers(world: OpenWorld) -> None:
    for by in (actor("ostfold", "member"), actor("vestfold", "secretariat")):
        with pytest.raises(Refused) as refused:
            make_delivery(world.meeting, by=by)
        assert refused.value.forbidden


def test_the_command_writes_the_package(world: OpenWorld, tmp_path: Path) -> None:
    path, sha256 = write_package(world.meeting.pk, tmp_path / "ut", today=world.bodies.by.today)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    with pytest.raises(Refused, match="no meeting 987654"):
        write_package(987654, tmp_path, today=world.bodies.by.today)


def test_a_folder_that_cannot_be_one_is_told_in_a_sentence(world: OpenWorld, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(Refused, match="Choose another folder"):
        write_package(world.meeting.pk, tmp_path / "fil" / "ut", today=world.bodies.by.today)


def test_the_secretariat_makes_fetches_and_notes_receipts_on_the_page(world: OpenWorld) -> None:
    client = Client()
    account = member("ostfold", "secretariat", email="sek@example.no")
    client.force_login(Account.objects.get(pk=account.pk), backend=BACKEND)
    page = f"/moter/{world.meeting.pk}/arkiv/"
    assert client.get(page).status_code == 200
    assert client.post(f"{page}lag/").status_code == 303
    made = Delivery.objects.get()
    fetched = client.get(f"{page}{made.pk}/")
    assert hashlib.sha256(b"".join(fetched.streaming_content)).hexdigest() == made.sha256
    party = Party.objects.filter(community=world.bodies.community, left__isnull=True)[0]
    said = client.post(f"{page}{made.pk}/mottatt/", {"party": party.pk, "reference": "26/9"})
    assert said.status_code == 303
    assert "26/9" in client.get(page).content.decode()
    assert Client().get(page).status_code == 302
    stranger = Client()
    other = member("vestfold", "secretariat", email="nabo@example.no")
    stranger.force_login(Account.objects.get(pk=other.pk), backend=BACKEND)
    assert stranger.get(page).status_code == 404
