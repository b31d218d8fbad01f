"""Values from a file: each row is told of, all are kept or none, and the same file twice is once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from factories.care import CareWorld
from factories.entering import on_duty
from factories.measuring import ASTRID, WEIGHT, watch
from factories.safety_net import Family, refused_in
from integration.care.test_safety_net_pages import signed_in
from samspill.care.actions.file_entering import enter_file, look_over
from samspill.care.models import Measurement, SetAside
from samspill.care.value_files import read_file
from samspill.directory.public import scope
from samspill.refusal import Refused

RIGHT = (
    "Tid;Hva;Verdi;Enhet\n2026-11-20 08:00;Vekt;66,5;kg\n21.11.2026 08:15;29463-7;147,0;lb\n"
    "2026-11-21T07:00:00Z;vekt;66,7;\n;;;\n"
)
WRONG = (
    RIGHT
    + "2026-11-22 08:00;Vekt;665;kg\n2026-11-22 08:00;Vekt;66;kg\ni går;Vekt;66;\n2026-11-22 08:00;Puls;70;\n"
)


def test_all_rows_are_kept_once_in_our_unit_at_their_time(world: CareWorld, home: Family) -> None:
    watch(world)
    ida, pk = world.nurses["Service"], world.patients[ASTRID].pk
    for _ in range(2):
        with scope(ida):
            enter_file(pk, RIGHT.encode(), by=ida, now=timezone.now())
    with on_duty(world):
        rows = list(Measurement.objects.order_by("effective"))
        assert [(one.value, one.entered) for one in rows] == [
            ("66.5", "file"),
            ("66.7", "file"),
            ("66.7", "file"),
        ]
        assert [f"{timezone.localtime(one.effective):%d %H:%M}" for one in rows] == [
            "20 08:00", "21 08:00", "21 08:15",
        ]  # fmt: skip


def test_one_wrong_row_keeps_none_and_each_is_told_of(world: CareWorld, home: Family) -> None:
    watch(world)
    ida, pk, now = world.nurses["Service"], world.patients[ASTRID].pk, timezone.now()
    with scope(ida):
        rows = look_over(pk, WRONG.encode(), by=ida, now=now)
    assert [(one.line.number, bool(one.wrong)) for one in rows] == [
        (2, False), (3, False), (4, False), (6, True), (7, True), (8, True), (9, True),
    ]  # fmt: skip
    assert "komma" in rows[3].wrong or "decimal" in rows[3].wrong
    assert refused_in(ida, enter_file, pk, WRONG.encode(), now=now) == "file.rows"
    with on_duty(world):
        assert not Measurement.objects.exists()
        assert not SetAside.objects.exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.unreadable"),
        (b"\x00\x01", "file.unreadable"),
        (b"tid;verdi\n1;2", "file.columns"),
        (b"tid;hva;verdi;farge\n1;2;3;4", "file.columns"),
        (b"tid;hva;verdi;verdi\n1;2;3;4", "file.columns"),
        (b"tid;hva;verdi\n", "file.empty"),
        (b"tid;hva;verdi\n;;\n", "file.empty"),
        (b"tid;hva;verdi\n" + b"1;2;3\n" * 501, "file.too_long"),
        (b"x" * 300_000, "file.too_long"),
        (b'tid;hva;verdi\n"1;2;3', "file.unreadable"),
    ],
)
def test_a_file_that_is_none_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as told:
        read_file(data)
    assert told.value.code == code


def test_a_spreadsheet_of_windows_is_read_too() -> None:
    (line,) = read_file("\ufefftid,måling,verdi\r\n2026-11-20 08:00,Vekt,66.5\r\n".encode("utf-8"))
    assert (line.what, line.value, line.number) == ("Vekt", "66.5", 2)
    (line,) = read_file("tid;måling;verdi\n2026-11-20 08:00;Vekt;66,5\n".encode("cp1252"))
    assert line.what == "Vekt"


def test_the_page_shows_the_rows_first_and_keeps_them_then(world: CareWorld, home: Family) -> None:
    watch(world)
    client = signed_in(world.nurses["Service"])
    address = reverse("care:enter-file", args=[world.patients[ASTRID].pk])
    shown = client.post(address, {"file": SimpleUploadedFile("x.csv", RIGHT.encode())})
    assert shown.status_code == 200
    assert "Alle 3 verdier kan lagres" in shown.content.decode()
    with on_duty(world):
        assert not Measurement.objects.exists()
    assert client.post(address, {"text": RIGHT.replace("\n", "\r\n"), "act": "keep"}).status_code == 303
    with on_duty(world):
        assert Measurement.objects.filter(code=WEIGHT).count() == 3
    told = client.post(address, {"file": SimpleUploadedFile("x.csv", WRONG.encode())}).content.decode()
    assert "4 rader kan ikke lagres" in told
    assert client.post(address, {"file": SimpleUploadedFile("x.csv", b"\x00")}).status_code == 422
    assert client.post(address, {}).status_code == 422
    assert signed_in(world.nurses["Moss"]).post(address, {"text": RIGHT}).status_code == 403
