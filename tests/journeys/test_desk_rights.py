"""Who may open what at the desk: every address, for everybody who might try."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import URLPattern, get_resolver, reverse

from haicap.base.dates import today
from haicap.domain.dossiers import actions, queries
from haicap.domain.units import actions as units
from haicap.domain.units import queries as held
from haicap.kernel.accounts import queries as accounts
from haicap.web.desk.gate import Needs
from tests.journeys import desk_cast
from tests.journeys.desk_cast import text

PEOPLE = ("", "lan", "khanh", "chi.laocai", "giang.sapa", "huong.sapa", "dung.sapa", "nga.taphin", "thao.saigon", "phuong.laocai",
          "quang.laocai", "tuan.btp")  # fmt: skip
INSIDE = {"giang.sapa", "huong.sapa", "dung.sapa", "phuong.laocai", "quang.laocai"}
# A department lists what it is competent for; the deputy of the centre of the province looks over the province.
LISTS = {*INSIDE, "nga.taphin", "thao.saigon", "tuan.btp", "chi.laocai"}
PERSONAL = LISTS - {"tuan.btp"}
COUNTER = {"giang.sapa", "nga.taphin", "thao.saigon", "phuong.laocai"}
OVERVIEW = {"dung.sapa", "phuong.laocai", "quang.laocai", "tuan.btp"}


@pytest.fixture
def desk(cast_database, procedures, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return desk_cast.begun()


@pytest.fixture
def row(desk):
    """A dossier of Sa Pa in the hands of its officer."""
    return desk.in_hand()


def patterns() -> Iterator[URLPattern]:
    for pattern in get_resolver("haicap.web.desk.urls").url_patterns:
        assert isinstance(pattern, URLPattern)
        yield pattern


def test_every_address_of_the_desk_has_a_policy() -> None:
    found = list(patterns())
    assert len(found) > 20
    for pattern in found:
        assert isinstance(getattr(pattern.callback, "__haicap_policy__", None), Needs), pattern


def test_strangers_and_citizens_get_in_nowhere(desk, row) -> None:
    values = {
        "code": row.code,
        "slug": "bat-dau",
        "file": uuid4(),
        "result": uuid4(),
        "public_id": uuid4(),
        "number": uuid4(),
    }
    for pattern in patterns():
        names = pattern.pattern.converters
        address = reverse(f"desk:{pattern.name}", kwargs={name: values[name] for name in names})
        assert desk.browser().get(address).status_code in (302, 405), address
        assert desk.browser("lan").get(address).status_code in (403, 405), address
        assert desk.browser("khanh").get(address).status_code in (403, 405), address
        assert desk.browser("lan").post(address).status_code in (403, 405), address


@pytest.mark.parametrize(
    ("name", "allowed"),
    [("list", LISTS), ("list-csv", LISTS), ("list-xlsx", LISTS), ("search", LISTS), ("keys", LISTS), ("handovers", PERSONAL),
     ("today", PERSONAL), ("reception", COUNTER), ("reception-find", COUNTER), ("leader", OVERVIEW)],
)  # fmt: skip
def test_pages_open_for_those_whose_posts_have_them(desk, name: str, allowed: set[str]) -> None:
    address = reverse(f"desk:{name}")
    found = {who for who in PEOPLE if desk.browser(who).get(address).status_code == 200}
    assert found == allowed


def test_a_dossier_opens_for_its_own_people_alone(desk, row) -> None:
    address = reverse("desk:dossier", args=[row.code])
    statuses = {who: desk.browser(who).get(address).status_code for who in PEOPLE}
    assert {who for who, status in statuses.items() if status == 200} == INSIDE
    for who in ("nga.taphin", "thao.saigon", "chi.laocai"):
        assert statuses[who] == 404  # not even that there is one
    assert "Giàng A Thử" not in text(desk.browser("nga.taphin").get(address))


def test_its_papers_open_for_nobody_else(desk, row) -> None:
    slip = queries.whole(desk.row(row.code)).slips[0]
    for address in (
        reverse("desk:slip", args=[slip.public_id]), reverse("desk:control", args=[row.code]),
        reverse("desk:component", args=[row.code, uuid4()]), reverse("desk:result", args=[row.code, uuid4()]),
        reverse("desk:sheet", args=[uuid4()]), reverse("desk:answer", args=[uuid4()]),
    ):  # fmt: skip
        for who in ("nga.taphin", "thao.saigon", "chi.laocai"):
            assert desk.browser(who).get(address).status_code == 404, (who, address)
    assert desk.browser("quang.laocai").get(reverse("desk:slip", args=[slip.public_id])).status_code == 200


def test_only_forms_that_rights_and_state_allow_are_offered(desk, row) -> None:
    def offered(who: str) -> set[str]:
        page = desk.browser(who).get(reverse("desk:dossier", args=[row.code])).content.decode()
        return {part.split('"')[0] for part in page.split('id="viec-')[1:]}

    assert "quyet-dinh" in offered("dung.sapa")
    assert "quyet-dinh" not in offered("huong.sapa")
    assert {"chuyen-buoc", "lay-y-kien"} <= offered("huong.sapa")
    assert not {"chuyen-buoc", "quyet-dinh"} & offered("giang.sapa")
    assert not offered("quang.laocai") & {
        "quyet-dinh",
        "chuyen-buoc",
        "phan-cong",
    }  # looks over it, does not work on it


def test_a_form_that_is_not_offered_does_nothing(desk, row) -> None:
    before = desk.row(row.code).version
    tries = {
        "giang.sapa": {"quyet-dinh": {"outcome": "granted"}, "chuyen-buoc": {}, "tiep-nhan": {}},
        "huong.sapa": {"quyet-dinh": {"outcome": "granted"}, "tra-ket-qua": {"method": "counter"}, "thu-hoi": {}},
        "quang.laocai": {"quyet-dinh": {"outcome": "granted"}, "dung": {"reason": "x"}},
        "nga.taphin": {"tu-choi": {"reason": "x"}, "chuyen": {"to": "1"}},
        "thao.saigon": {"rut": {}, "nhan-ban-giao": {}},
    }  # fmt: skip
    for who, forms in tries.items():
        for slug, data in forms.items():
            assert desk.do(who, row.code, slug, **data).status_code in (400, 403, 404, 409), (who, slug)
    assert desk.do("huong.sapa", row.code, "khong-co").status_code == 404
    assert desk.row(row.code).version == before


def test_batches_reach_no_further_than_each_dossier(desk) -> None:
    mine, theirs = (
        desk.taken_in(),
        desk.taken_in(clerk="nga.taphin", unit="03013", desk="03013", procedure="1.000894"),
    )
    before = [desk.row(r.code).version for r in (mine, theirs)]
    clerk = desk.browser("giang.sapa")
    answer = clerk.post(reverse("desk:forward-many"), {"ho-so": [mine.code, theirs.code]})
    assert answer.status_code == 404  # all or none
    assert clerk.post(reverse("desk:handovers"), {"ma": theirs.code}).status_code == 400
    assert (
        clerk.post(reverse("desk:assign-many"), {"ho-so": [f"{theirs.code}@{theirs.version}"]}).status_code
        == 302
    )
    assert [desk.row(r.code).version for r in (mine, theirs)] == before


def test_rights_begin_and_end_with_the_appointment(desk, row) -> None:
    address, clerk = reverse("desk:dossier", args=[row.code]), desk.browser("giang.sapa")
    assert clerk.get(address).status_code == 200
    appointment = held.appointments_of(accounts.user_named("giang.sapa").pk).get()
    yesterday = today(desk.at) - timedelta(days=1)
    units.end_appointment(
        pk=appointment.pk,
        seen=appointment.version,
        until=yesterday,
        actor=desk.actor("chi.laocai"),
        at=desk.at,
    )
    assert clerk.get(address).status_code == 403
    assert clerk.get(reverse("desk:list")).status_code == 403
    assert (
        clerk.post(reverse("desk:act", args=[row.code, "dung"]), {"seen": 1, "reason": "x"}).status_code
        == 403
    )


def test_what_was_asked_of_an_organ_shows_the_question_not_the_dossier(desk, row) -> None:
    place = queries.place(desk_cast.uid("03006"), today(desk.at))
    actions.consult(
        code=row.code, seen=row.version, organ=place.offices["home_affairs"].pk, question="Xin ý kiến.",
        actor=desk.actor("huong.sapa"), at=desk.at,
    )  # fmt: skip
    asked = queries.whole(desk.row(row.code)).consultations[0]
    chi = desk.browser("chi.laocai")
    page = chi.get(reverse("desk:answer", args=[asked.public_id]))
    assert "Xin ý kiến." in text(page)
    assert "Giàng A Thử" not in text(page)
    assert chi.get(reverse("desk:dossier", args=[row.code])).status_code == 404
