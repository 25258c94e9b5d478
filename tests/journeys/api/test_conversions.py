"""A file of addresses handed in by a program, followed, and taken back."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from haicap.domain.units import jobs, queries
from haicap.domain.units.models import Conversion
from haicap.kernel.files.models import Stored

LIST = (
    'id,address\n1,"12 Nguyễn Huệ, Phường Bến Nghé, Quận 1, TP HCM"\n=2,"Phường Cửa Nam, Hà Nội"\n'.encode()
)


def send(machine, content: bytes = LIST, **fields: str):
    file = SimpleUploadedFile("list.csv", content, content_type="text/csv")
    return machine.client.post("/api/v1/conversions", {"file": file, **fields})


def work(key: str) -> None:
    jobs.work_through(Conversion.objects.get(key=key).pk)


def test_a_file_and_its_answers(machine) -> None:
    answer = send(machine, on="01/07/2025")
    assert answer.status_code == 202, answer.content
    sent = answer.json()
    assert (sent["state"], sent["rows"], sent["result"], sent["on"]) == ("queued", 2, None, "2025-07-01")
    assert answer.headers["Location"] == f"/api/v1/conversions/{sent['key']}"
    assert machine.get(f"/conversions/{sent['key']}/result").status_code == 404
    work(sent["key"])
    done = machine.read(f"/conversions/{sent['key']}")
    assert (done["state"], done["percent"]) == ("done", 100)
    result = machine.client.get(done["result"])
    assert "attachment" in result.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(b"".join(result.streaming_content).decode("utf-8-sig"))))
    assert [(r["id"], r["status"], r["code"]) for r in rows] == [
        ("1", "unique", "26740"),
        ("'=2", "ambiguous", ""),
    ]


def test_a_list_may_be_stopped(machine) -> None:
    key = send(machine).json()["key"]
    assert machine.client.delete(f"/api/v1/conversions/{key}").json()["state"] == "cancelled"
    again = machine.client.delete(f"/api/v1/conversions/{key}")
    assert (again.status_code, machine.refused(again)) == (409, "not_now")


@pytest.mark.parametrize(
    ("content", "fields", "status", "code"),
    [
        (b"", {}, 400, "empty_file"),
        (b"%PDF-1.4", {}, 422, "not_a_table"),
        (b"PK\x03\x04x", {}, 422, "bad_xlsx"),
        (b"a,b\n1,2\n", {}, 400, "no_address_column"),
        (LIST, {"column": "x"}, 400, "no_such_column"),
        (LIST, {"on": "1/13/2025"}, 400, "bad_date"),
        (LIST, {"on": "2010-01-01"}, 404, "before_horizon"),
    ],
)
def test_what_is_no_list_is_refused(
    machine, content: bytes, fields: dict[str, str], status: int, code: str
) -> None:
    answer = send(machine, content, **fields)
    assert (answer.status_code, machine.refused(answer)) == (status, code)
    assert not Stored.objects.exists()


def test_without_a_file_and_too_large(machine, settings) -> None:
    assert machine.client.post("/api/v1/conversions", {}).status_code == 422
    settings.UPLOAD_LIMIT = 100
    answer = send(machine, b"address\n" + b"x\n" * 100)
    assert (answer.status_code, machine.refused(answer)) == (413, "too_large")


def test_half_an_upload_leaves_nothing(machine) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\naddress\nPh'
    answer = machine.client.generic(
        "POST", "/api/v1/conversions", body, content_type="multipart/form-data; boundary=b"
    )
    assert answer.status_code in (400, 422)
    assert not Stored.objects.exists()
    assert queries.open_conversions() == ()


def test_nobody_else_has_the_key(machine) -> None:
    send(machine)
    assert machine.get("/conversions/1").status_code == 404
    assert machine.get("/conversions/x/result").status_code == 404
