"""Who may open and do what: every address of the console, for everybody who might try."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from haicap.domain.units import actions, queries
from haicap.domain.units.policy import Verb
from haicap.domain.units.states import ActState
from haicap.kernel.accounts import actions as accounts
from haicap.kernel.ledger.queries import size
from haicap.web.console.gate import Policy
from tests.journeys.console import cast as made
from tests.journeys.console.test_pages import body

TOKEN = UUID(int=7)
POSTED = {
    "seen": "0", "number": "1/NQ", "issuer": "x", "effective_on": "01/01/2028", "reason": "x", "from_code": "03006",
    "relation": "renamed", "to_code": "03006", "to_name": "X", "clause": "điều 1", "pasted": "ma_cu,quan_he,ma_moi\n1,2,3",
    "title": "Chức vụ", "role": "leader", "since": "01/01/2027", "until": "01/01/2027", "decision": "1/QĐ",
    "name": "ke.gian", "display_name": "Kẻ gian", "label": "x", "scopes": "read", "days": "5", "viec": "1",
}  # fmt: skip


def console() -> dict[str, Policy]:
    """Every named address of the console with its policy."""
    found: dict[str, Policy] = {}

    def walk(patterns, prefix="") -> None:
        for pattern in patterns:
            path = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, path)
            elif isinstance(pattern, URLPattern) and "quan-tri/" in path:
                found[str(pattern.name)] = pattern.callback.__haicap_policy__

    walk(get_resolver().url_patterns)
    return found


@pytest.fixture
def places(cast):
    """An address of every page, filled with rows that exist."""
    act = made.draft(cast["anh.bnv"])
    act = actions.put_line(
        pk=act.pk, seen=act.version, line=made.line("03006"), actor=cast["anh.bnv"].actor, at=made.AT
    )
    held = queries.appointments_of(cast["dung.sapa"].pk).get()
    numbers = {
        "pk": act.pk,
        "n": 1,
        "post": held.post_id,
        "officer_id": cast["lan"].public_id,
        "token": TOKEN,
        "section": "papers",
        "slug": "151-2025-nd-cp",
        "form": "json",
        "code": "VM-2026-0001",
        "number": 1,
        "public_id": TOKEN,
    }
    filled = {}
    for name in console():
        kind = name.split("-")[0]
        pk = {"organ": held.post.organ_id, "appointment": held.pk}.get(kind, act.pk)
        pk = held.pk if name == "organ-appointment-end" else pk
        person = {"officer_id": cast["giang.sapa"].public_id}
        filled[name] = _address(name, numbers | {"pk": pk} | person)
    return filled


def _address(name, numbers) -> str:
    for wanted in (
        (),
        ("pk",),
        ("pk", "n"),
        ("pk", "post"),
        ("officer_id",),
        ("token",),
        ("officer_id", "token"),
        ("pk", "section"),
        ("slug",),
        ("form",),
        ("slug", "form"),
        ("code",),
        ("code", "number"),
        ("public_id",),
    ):
        try:
            return reverse(f"console:{name}", kwargs={key: numbers[key] for key in wanted})
        except Exception:
            continue
    raise AssertionError(name)


def refused(client, places, names) -> None:
    """Neither reading nor posting gets through, and nothing is recorded."""
    before = size()
    for name in names:
        for answer in (client.get(places[name]), client.post(places[name], POSTED)):
            assert answer.status_code in (403, 405), (name, answer.status_code)
    assert size() == before


def test_strangers_are_sent_to_the_door(places) -> None:
    client = made.signed_in(None)
    before = size()
    for name, place in places.items():
        for answer in (client.get(place), client.post(place, POSTED)):
            assert answer.status_code in (302, 405), name
            if answer.status_code == 302:
                assert answer["Location"].startswith("/dang-nhap/?next=/quan-tri/"), name
    assert size() == before


def test_citizens_stay_outside(cast, places) -> None:
    client = made.signed_in(cast["lan"])
    refused(client, places, places)
    assert "tài khoản công dân" in body(client.get(places["home"]))


def test_no_second_factor_no_entry(cast, places) -> None:
    accounts.drop_totp(user=cast["binh.bnv"].public_id, actor="system", at=made.AT)
    client = made.signed_in(cast["binh.bnv"])
    refused(client, places, places)
    assert "bộ tạo mã" in body(client.get(places["home"]))


def test_locked_officers_are_strangers(cast, places) -> None:
    client = made.signed_in(cast["binh.bnv"])
    accounts.lock(user=cast["binh.bnv"].public_id, actor="system", at=made.AT)
    assert client.get(places["home"]).status_code == 302


@pytest.mark.parametrize(
    ("start", "end"), [(None, None), (1, None), (-30, 0)], ids=["never", "tomorrow", "yesterday"]
)
def test_without_a_post_today_nothing_opens(places, start, end) -> None:
    client = made.signed_in(made.newcomer("moi.den", start=start, end=end))
    guarded = [name for name, policy in console().items() if policy.verbs or policy.operator]
    refused(client, places, guarded)
    page = body(client.get(places["home"]))
    assert "không giữ vị trí nào" in page and "Ai cấp được" in page
    if start == 1:
        assert "chưa đến ngày" in page
    if start == -30:
        assert "đã thôi" in page
    assert "Ai cấp được" in body(client.get(places["acts"]))


def test_a_post_held_today_opens_at_once(places) -> None:
    client = made.signed_in(made.newcomer("moi.den", start=0, end=1))
    assert client.get(places["act-enact"]).status_code == 200


def test_province_drafts_but_does_not_enact(cast, places) -> None:
    client = made.signed_in(cast["chi.laocai"])
    policies = console()
    refused(client, places, [n for n, p in policies.items() if p.verbs == (Verb.ENACT,)])
    refused(client, places, ["ledger", "ledger-verify", "ledger-deliveries", "conversions", "officer-new"])
    assert client.get(places["act-lines"]).status_code == 200
    assert client.post(places["act-new"], made.facts(number="3/NQ-UBTVQH16")).status_code == 302


def test_commune_sees_no_drafts(cast, places) -> None:
    client = made.signed_in(cast["dung.sapa"])
    assert client.get(places["act"]).status_code == 404
    assert "9/NQ-UBTVQH16" not in body(client.get(places["acts"]))
    assert "9/NQ-UBTVQH16" not in body(client.get(places["acts-csv"]))
    refused(
        client,
        places,
        ["act-new", "act-lines", "act-table", "act-facts", "act-drop", "act-enact", "act-correct"],
    )


def test_reception_appoints_nobody(cast, places) -> None:
    client = made.signed_in(cast["giang.sapa"])
    refused(client, places, ["organ-post", "organ-appoint", "organ-appointment-end"])
    assert "ngoài phạm vi bổ nhiệm" in body(client.get(places["organ"]))


def test_chairman_appoints_in_the_own_organ_only(cast, places, register) -> None:
    client = made.signed_in(cast["dung.sapa"])
    ministry = next(r.pk for r in queries.organs_of("vn", made.AT.date()) if r.kind == "bnv")
    before = size()
    answer = client.post(
        reverse("console:organ-post", args=[ministry]), {"title": "Thứ trưởng", "role": "leader"}
    )
    assert answer.status_code == 403 and size() == before
    other = next(
        v
        for v in register.children(register.at("15", made.AT.date()).uid, made.AT.date())
        if v.code != "03006"
    )
    for row in queries.organs_of(other.uid, made.AT.date()):
        answer = client.post(reverse("console:organ-post", args=[row.pk]), {"title": "Lạ", "role": "officer"})
        assert answer.status_code == 403
    assert size() == before
    assert client.post(places["organ-post"], {"title": "Phó Chủ tịch", "role": "deputy"}).status_code == 302


def test_province_appoints_in_its_own_communes_only(cast, register) -> None:
    client = made.signed_in(cast["chi.laocai"])
    on = made.AT.date()
    elsewhere = register.children(register.at("79", on).uid, on)[0].code
    for code, status in (("03006", 302), (elsewhere, 403)):
        row = next(r for r in queries.organs_of(register.at(code, on).uid, on) if r.kind == "commune_office")
        answer = client.post(
            reverse("console:organ-post", args=[row.pk]), {"title": "Chánh Văn phòng", "role": "leader"}
        )
        assert answer.status_code == status, code


def test_operator_keeps_accounts_and_has_no_say_in_the_map(cast, places) -> None:
    client = made.signed_in(cast["khanh"])
    assert client.get(places["officer-new"]).status_code == 200
    assert client.get(places["ledger-deliveries"]).status_code == 200
    needs = [n for n, p in console().items() if p.verbs and not p.operator]
    refused(client, places, needs)


def test_only_operators_touch_accounts(cast, places) -> None:
    for name in ("anh.bnv", "binh.bnv", "chi.laocai", "dung.sapa"):
        client = made.signed_in(cast[name])
        names = [n for n, p in console().items() if p == Policy((), True)]
        assert len(names) >= 7
        refused(client, places, names)
        assert "Tên đăng nhập</dt>" not in body(client.get(places["officer"]))


def test_sign_in_names_are_for_operators(cast, places) -> None:
    """A sign-in name may be a private address or a phone number."""
    assert "giang.sapa" not in body(made.signed_in(cast["anh.bnv"]).get(places["officers"]))
    assert "giang.sapa" in body(made.signed_in(cast["khanh"]).get(places["officers"]))


def test_a_hand_made_post_does_not_enact(cast, places) -> None:
    """The page offers no button to those who may not; posting anyway changes nothing."""
    act = queries.acts(visible=made.everything(), state=ActState.DRAFT).get()
    for name in ("anh.bnv", "chi.laocai", "dung.sapa", "giang.sapa", "khanh"):
        client = made.signed_in(cast[name])
        assert client.post(places["act-enact"], {"seen": act.version}).status_code == 403
    act.refresh_from_db()
    assert act.state == ActState.DRAFT


def test_forms_need_their_seal(cast, places) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["anh.bnv"], backend=made.BACKEND)
    assert client.post(places["act-new"], made.facts()).status_code == 403
    assert queries.acts(visible=made.everything(), state=ActState.DRAFT).count() == 1
