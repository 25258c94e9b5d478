"""Before the packaged law and powers are in: every page and call about them answers in words, none breaks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from haicap.config import demo
from haicap.domain.deadlines import actions as deadlines
from haicap.domain.deadlines.reckoning import PACKAGED_YEARS, packaged_days
from haicap.domain.law import queries as law
from haicap.domain.powers import queries as powers
from haicap.domain.units import actions as units
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.domain.units.timeline.rows import read_packaged
from haicap.kernel.accounts import actions as accounts
from haicap.kernel.accounts.models import User
from tests.journeys.console.cast import signed_in

PORTAL = """/van-ban/ /van-ban/?tim=dat+dai /van-ban/tep.xlsx /van-ban/tep.json /van-ban/tep.zip /van-ban/tep.jsonld /van-ban/140-2025-nd-cp/
    /van-ban/thay-doi/ /van-ban/thay-doi/tep.csv /eli/vn/nd/2025/140/vi /tham-quyen/ /tham-quyen/?tim=dat /tham-quyen/tep.csv
    /tham-quyen/dat-dai.thu-hoi/ /thu-tuc/ /don-vi/""".split()
API = """documents documents?q=dat documents/140-2025-nd-cp documents/changes?from=2025-07-01 documents/owed export/law.json
    export/law.xlsx powers powers/dat-dai.thu-hoi holder?power=dat-dai.thu-hoi&unit=00004 holder?procedure=1.014199&unit=00004
    findings export/powers.json export/powers.xlsx""".split()
DESK = "ai-quyet-dinh/ ai-quyet-dinh/?q=dat ai-quyet-dinh/x/ khao-sat/ khao-sat/tep.csv khao-sat/x/ vuong-mac/ vuong-mac/moi/".split()
CONSOLE = """phap-luat/ phap-luat/tep.xlsx phap-luat/thay-doi/ phap-luat/nhap/ phap-luat/nhap-tep/ phap-luat/con-no/ phap-luat/con-no/tep.csv
    phap-luat/vuong-mac/ phap-luat/140-2025-nd-cp/ phap-luat/con-no/1/ tham-quyen/ tham-quyen/tep.xlsx tham-quyen/nhap/ tham-quyen/nhap/mau.xlsx
    tham-quyen/phat-hien/ tham-quyen/phat-hien/tep.xlsx tham-quyen/phat-hien/giay.pdf tham-quyen/phat-hien/1/ tham-quyen/het-han/
    tham-quyen/theo-cap/ tham-quyen/giao-viec/ tham-quyen/ro-nguoi-ro-viec/ tham-quyen/khao-sat/ tham-quyen/khao-sat/tep.xlsx
    tham-quyen/quy-dinh/A-005/ tham-quyen/dat-dai.thu-hoi/""".split()
POLITE = {200, 302, 404, 503}


@pytest.fixture
def early(db):
    """Units and calendar are in; law and powers are not."""
    at = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    versions, edges, aliases = read_packaged()
    units.load_register(
        actor="system", at=at, versions=versions, edges=edges, aliases=aliases, source="packaged"
    )
    deadlines.load_calendar(
        actor="system", at=at, days=packaged_days(), years=PACKAGED_YEARS, source="packaged"
    )
    assert not law.loaded() and not powers.loaded()


def with_both_proofs(user: User) -> Client:
    at = datetime.now(UTC)
    accounts.enrol_totp(user=user.public_id, secret=demo.secret("anh.bnv"), actor="system", at=at)
    accounts.confirm_totp(user=user.public_id, code=demo.code("anh.bnv", at=at), actor="system", at=at)
    return signed_in(user)


def test_nothing_breaks_before_the_law_is_loaded(early, client) -> None:
    answers = {path: client.get(path).status_code for path in PORTAL}
    answers |= {path: client.get(f"/api/v1/{path}").status_code for path in API}
    ward = with_both_proofs(appointed("dung", "commune_chairman", Role.LEADER, "c:26740@2025-07-01"))
    ministry = with_both_proofs(appointed("binh", "bnv", Role.DEPUTY))
    answers |= {path: ward.get(f"/ban-lam-viec/{path}").status_code for path in DESK}
    for officer in (ward, ministry):
        answers |= {path: officer.get(f"/quan-tri/{path}").status_code for path in CONSOLE}
    assert not {path: status for path, status in answers.items() if status not in POLITE}
    assert answers["/van-ban/"] in (200, 503) and answers["/tham-quyen/"] in (200, 503)
