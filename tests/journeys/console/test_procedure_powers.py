"""The power of a procedure at the console: shown, said, taken back; the list of those that name none."""

from __future__ import annotations

import csv
import io

import pytest

from haicap.domain.procedures import queries
from tests.journeys.console import cast as made
from tests.journeys.console.test_pages import body

HOME = "/quan-tri/thu-tuc/tham-quyen/"
PERMIT, BIRTH = "1.014199", "1.001193"


@pytest.fixture(autouse=True)
def _procedures(procedures, cast):
    return procedures


@pytest.fixture
def justice(cast):
    return made.signed_in(cast["tuan.btp"])


def test_a_version_shows_its_power_with_who_holds_it(justice) -> None:
    pk = queries.history(PERMIT)[0].pk
    page = body(justice.get(f"/quan-tri/thu-tuc/{pk}/"))
    assert "Thẩm quyền mà thủ tục thực hiện" in page and "Chủ tịch Ủy ban nhân dân cấp tỉnh" in page
    assert "128/2025/NĐ-CP" in page and f"{HOME}{PERMIT}/" in page


def test_it_is_said_and_taken_back(justice) -> None:
    page = body(justice.get(f"{HOME}{BIRTH}/", {"tim": "cơ sở dữ liệu hộ tịch"}))
    assert "chưa ghi thẩm quyền nào" in page and "ho-tich.co-so-du-lieu" in page
    form = {"power": "ho-tich.co-so-du-lieu", "role": "decide", "evidence": "unconfirmed"}
    bad = justice.post(f"{HOME}{BIRTH}/", form | {"condition": "khoan in {1}"})
    assert bad.status_code == 400 and "không có thuộc tính" in body(bad)
    unsure = justice.post(f"{HOME}{BIRTH}/", form | {"evidence": "confirmed"})
    assert unsure.status_code == 400 and "đọc ở đâu" in body(unsure)
    done = justice.post(f"{HOME}{BIRTH}/", form | {"source": "120/2025/NĐ-CP"}, follow=True)
    assert "Đã ghi thẩm quyền của thủ tục" in body(done) and "120/2025/NĐ-CP" in body(done)
    gone = justice.post(
        f"{HOME}{BIRTH}/bo/",
        {"power": "ho-tich.co-so-du-lieu", "role": "decide", "condition": ""},
        follow=True,
    )
    assert "Đã bỏ" in body(gone) and "chưa ghi thẩm quyền nào" in body(gone)


def test_those_without_are_listed_and_counted(justice) -> None:
    page = body(justice.get(HOME))
    assert "trong 2.905 thủ tục" in page
    narrowed = body(justice.get(HOME, {"tim": "khai sinh", "cap": "commune"}))
    assert BIRTH in narrowed and PERMIT not in narrowed
    answer = justice.get(f"{HOME}tep.csv", {"tim": "khai sinh"})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert BIRTH in {r["code"] for r in rows}


def test_who_may(cast, justice) -> None:
    commune = made.signed_in(cast["khoi.sapa"])
    assert commune.get(HOME).status_code == 403
    assert commune.post(f"{HOME}{BIRTH}/bo/", {"role": "decide"}).status_code == 403
    assert justice.get(f"{HOME}9.999999/").status_code == 404
    assert justice.post(f"{HOME}{BIRTH}/bo/", {"role": "x"}).status_code == 404
