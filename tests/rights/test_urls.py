"""Every address of the desk, the portal's dossiers and the API: what it gives to whom. A new one without a line here fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from haicap.domain.dossiers.models import Component, Consultation, Dossier, Draft, Handover, Rating
from haicap.kernel.ledger.models import Event
from haicap.web.api.service import api
from haicap.web.common import clock
from haicap.web.desk.dossier import acts
from haicap.web.desk.feedback import offers
from haicap.web.desk.money import forms as money
from tests.rights import scene as scenes
from tests.rights.scene import NOW, PERSONAL, SENDERS, VISITORS, Scene

OFFICERS = {"clerk", "officer", "chairman", "province"}
OWNER = {"applicant"}
# An address, the names in it (as the scene calls them), and who may read the personal text it shows. "-": nobody does.
# Where "one" stands, it is about one dossier: whoever may not see it is refused; "open" pages answer anybody, without it.
PAGES = """
desk:list               -                              open  officers
desk:list-csv           -                              open  officers
desk:list-xlsx          -                              open  officers
desk:search             -                              open  officers
desk:keys               -                              open  -
desk:dossier            code=code                      one   officers
desk:dossier            code=opened                    one   officers
desk:act                code=opened,slug=SLUG          one   officers
desk:component          code=code,file=file            one   officers
desk:result             code=code,result=result        one   officers
desk:control            code=code                      one   officers
desk:slip               public_id=slip                 one   officers
desk:receipt            public_id=payment              one   officers
desk:money              code=code                      one   officers
desk:money-act          code=opened,slug=MONEY         one   officers
desk:takings            -                              open  officers
desk:takings-csv        -                              open  officers
desk:refund             public_id=payment              one   officers
desk:reception          -                              open  -
desk:reception-find     -                              open  -
desk:received           code=code                      one   clerk
desk:handovers          -                              open  officers
desk:forward-many       -                              open  officers
desk:sheet              number=sheet                   one   officers
desk:sheet-pdf          number=sheet                   one   officers
desk:assign-many        -                              open  officers
desk:answer             public_id=question             one   department
desk:today              -                              open  officers
desk:leader             -                              open  -
desk:who                -                              open  -
desk:who-power          code=POWER                     open  -
desk:survey             -                              open  -
desk:survey-csv         -                              open  -
desk:survey-able        -                              open  -
desk:survey-answer      code=POWER                     open  -
desk:problems           -                              open  -
desk:problem-new        -                              open  -
desk:problem-withdraw   code=PROBLEM                   open  -
desk:tickets            -                              open  officers
desk:tickets-csv        -                              open  officers
desk:tickets-xlsx       -                              open  officers
desk:tickets-leader     -                              open  officers
desk:ticket             code=ticket                    one   officers
desk:ticket-act         code=ticket,slug=NOTING        one   officers
desk:ticket-answer      code=ticket                    one   house
desk:ticket-file        code=ticket,file=ticket_file   one   officers
desk:call               -                              open  -
desk:call-beside        -                              open  -
desk:called             code=ticket                    one   officers
desk:forces             -                              open  -
desk:force              code=FORCE                     open  -
portal:draft-resume     -                              open  -
portal:file-start       code=procedure                 open  -
portal:file-place       code=procedure                 open  -
portal:file-begin       code=procedure                 open  -
portal:draft            public_id=draft                one   owner
portal:draft-later      public_id=draft                one   owner
portal:draft-drop       public_id=draft                one   owner
portal:draft-papers     public_id=draft                one   owner
portal:draft-paper      public_id=draft,code=PAPER     one   owner
portal:draft-file       public_id=draft,component=part one   owner
portal:draft-file-remove public_id=draft,component=part one  owner
portal:draft-applicant  public_id=draft                one   owner
portal:draft-check      public_id=draft                one   owner
portal:draft-filed      public_id=draft                one   owner
portal:draft-page       public_id=draft,key=KEY        one   owner
portal:track            -                              open  -
portal:track-leave      -                              open  -
portal:my-dossiers      -                              open  owner
portal:dossier          code=code                      one   owner
portal:dossier          code=opened                    one   owner
portal:supply           code=opened                    one   owner
portal:withdraw         code=opened                    one   owner
portal:dossier-prove    code=opened                    one   owner
portal:rate             code=code                      one   owner
portal:dossier-slip     code=code,public_id=slip       one   owner
portal:dossier-result   code=code,public_id=result     one   owner
portal:result-check     key=key                        open  -
portal:pay              -                              open  owner
portal:payment-back     provider=PROVIDER              open  -
"""
GROUPS = {
    "officers": OFFICERS,
    "owner": OWNER,
    "department": {"department"},
    "clerk": {"clerk"},
    "house": {"officer", "chairman"},
    "-": set[str](),
}
WORDS = {
    "SLUG": "quyet-dinh",
    "MONEY": next(iter(money.BY_SLUG)),
    "PAPER": "don",
    "KEY": "x",
    "PROVIDER": "vnpay",
    "POWER": "xay-dung.giay-phep",
    "PROBLEM": "VM-2026-0001",
    "NOTING": "ghi-chu",
    "FORCE": "tct-khong1",
}
LINES = [line.split() for line in PAGES.strip().splitlines()]
MODULES = ("haicap.web.desk.", "haicap.web.portal.dossiers.", "haicap.web.portal.payments.")
REFUSED = {302, 401, 403, 404, 405, 410}


@pytest.fixture
def scene(w, people, signing, monkeypatch) -> Scene:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return scenes.made(w, people)


def patterns(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from patterns(part, (*spaces, part.namespace) if part.namespace else spaces)
        elif isinstance(part, URLPattern) and part.name:
            yield ":".join((*spaces, part.name)), part.callback


def test_every_page_has_its_line() -> None:
    found = {name for name, view in patterns(get_resolver()) if view.__module__.startswith(MODULES)}
    assert found == {line[0] for line in LINES}


def address(line: list[str], scene: Scene) -> str:
    names = dict(pair.split("=") for pair in line[1].split(",")) if line[1] != "-" else {}
    return reverse(line[0], kwargs={k: WORDS.get(v) or scene.ids[v] for k, v in names.items()})


def body(response: Any) -> str:
    found = b"".join(response.streaming_content) if response.streaming else response.content
    for close in response._resource_closers:  # not close(): that ends the connection of the test too
        close()
    return found.decode("utf-8", "replace")


def shown(response: Any) -> list[str]:
    text = body(response)
    return [word for word in PERSONAL if word in text]


def state() -> tuple[Any, ...]:
    """What no visitor without the right may change."""
    dossiers = tuple(Dossier.objects.order_by("pk").values_list("pk", "version", "state", "applicant_phone"))
    rest = [m.objects.count() for m in (Component, Handover, Rating)]
    answered = Consultation.objects.filter(answered_at__isnull=False).count()
    drafts = tuple(Draft.objects.exclude(user="").order_by("pk").values_list("pk", "version"))
    return dossiers, rest, answered, drafts, Event.objects.filter(stream__startswith="dossier:").count()


def test_what_pages_show_to_whom(scene) -> None:
    """By GET, with what they could be asked for, and by English address."""
    wrong = []
    for line in LINES:
        name, about, allowed = line[0], line[2], GROUPS[line[3]]
        path = address(line, scene)
        asked = {"q": scene.code, "ma": scene.code, "buoc": "tra"} if about == "open" else {}
        for who in VISITORS:
            response = scene.browsers[who].get(path, asked)
            told = f"{name} by {who}: {response.status_code}"
            if response.status_code >= 500:
                wrong.append(told)
            if who not in allowed and shown(response):
                wrong.append(f"{told} shows {shown(response)}")
            if about == "one" and who not in allowed and response.status_code not in REFUSED:
                wrong.append(f"{told} is answered")
            if about == "one" and who in allowed and response.status_code in (401, 403):
                wrong.append(f"{told}, though theirs")
    assert not wrong, "\n".join(wrong)


def test_each_page_of_a_dossier_opens_for_somebody(scene) -> None:
    """Else the lines above would prove nothing."""
    needs_more = {
        "desk:refund",
        "portal:supply",
        "portal:draft-filed",
        "portal:draft-page",
        "portal:dossier-prove",
        "portal:draft-later",
    }
    closed = []
    for line in LINES:
        if line[2] != "one" or line[0] in needs_more:
            continue
        codes = {who: scene.browsers[who].get(address(line, scene)).status_code for who in GROUPS[line[3]]}
        if not set(codes.values()) & {200, 302, 405}:
            closed.append(f"{line[0]} {codes}")
    assert not closed, "\n".join(closed)


def targets(line: list[str], scene: Scene) -> list[str]:
    """Where forms of a page go: each act of the desk has its own address."""
    slugs = {
        "desk:act": acts.BY_SLUG,
        "desk:money-act": money.BY_SLUG,
        "desk:ticket-act": offers.BY_SLUG,
    }.get(line[0])
    if slugs is None:
        return [address(line, scene)]
    code = scene.ids["ticket"] if line[0] == "desk:ticket-act" else scene.open
    return [reverse(line[0], kwargs={"code": code, "slug": slug}) for slug in slugs]


def test_nobody_changes_by_a_form_what_is_not_theirs(scene) -> None:
    """Whoever only watches a province sees what is typed, and changes nothing either."""
    version = Dossier.objects.get(code=scene.open).version
    form = {
        "seen": str(version), "reason": "x", "ly_do": "x", "note": "x", "answer": "x", "outcome": "granted", "chon": scene.open,
        "codes": scene.open, "code": scene.open, "ma": scene.open, "phone": "0900000000", "confirm": "1",
    }  # fmt: skip
    before, wrong = state(), []
    for line in LINES:
        for who in [v for v in SENDERS if v not in GROUPS[line[3]] or v == "province"]:
            for path in targets(line, scene):
                response = scene.browsers[who].post(path, form)
                read = [] if who == "province" else shown(response)
                if response.status_code >= 500 or read:
                    wrong.append(f"{line[0]} by {who}: {response.status_code} {read}")
            if state() != before:
                wrong.append(f"{line[0]} by {who} changed something")
                before = state()
    assert not wrong, "\n".join(wrong)


# --- machines ------------------------------------------------------------------------------------------------------
READS = {
    "/api/v1/dossiers": ("open", OFFICERS | OWNER),
    "/api/v1/dossiers/feed": ("open", set()),
    "/api/v1/dossiers/{code}": ("one", OFFICERS | OWNER),
    "/api/v1/dossiers/{code}/components/{component}": ("one", OFFICERS | OWNER),
    "/api/v1/dossiers/{code}/sync": ("one", OFFICERS | OWNER),
    "/api/v1/dossiers/{code}/bundle.zip": ("one", OFFICERS | OWNER),
}


@cache
def description() -> dict[str, Any]:
    assert get_resolver().url_patterns  # the routers are joined when the addresses are read
    return api.get_openapi_schema(path_prefix="/api/v1/")


def calls() -> dict[str, set[str]]:
    paths = description()["paths"]
    return {
        path: set(found) for path, found in paths.items() if re.match(r"/api/v1/(dossiers|attachments)", path)
    }


def test_every_call_that_reads_has_its_line() -> None:
    assert {path for path, ways in calls().items() if "get" in ways} == set(READS)


def _sent(scene: Scene, who: str, **more: str) -> dict[str, str]:
    key = scene.keys[who]
    return {"HTTP_AUTHORIZATION": f"Bearer {key}", **more} if key else dict(more)


def test_what_calls_tell_whom(scene, client) -> None:
    wrong = []
    for path, (about, allowed) in READS.items():
        asked = path.format(code=scene.code, component=scene.ids["component"])
        for who in VISITORS:
            response = client.get(asked, **_sent(scene, who))
            told, read = f"{path} by {who}: {response.status_code}", shown(response)
            if response.status_code >= 500:
                wrong.append(told)
            if who not in allowed and (read or (about == "one" and response.status_code not in REFUSED)):
                wrong.append(f"{told} {read}")
            if about == "one" and who in allowed and response.status_code != 200:
                wrong.append(f"{told}, though theirs")
    assert not wrong, "\n".join(wrong)


def test_nobody_changes_by_a_call_what_is_not_theirs(scene, client) -> None:
    version = Dossier.objects.get(code=scene.open).version
    values = {
        "seen": version, "reason": "x", "answer": "x", "outcome": "granted", "note": "x", "question": "x",
        "consultation": str(scene.ids["question"]), "codes": [scene.open], "assignee": "", "items": [{"name": "x", "what": "x"}],
        "organ": {"unit": "03006", "kind": "commune_economy"}, "parts": [{"value": "1", "unit": "working_days"}],
    }  # fmt: skip
    writing = {
        path
        for path, ways in calls().items()
        if "post" in ways and path not in ("/api/v1/dossiers", "/api/v1/attachments")
    }
    schemas = description()["components"]["schemas"]
    before, wrong, tried = state(), [], 0
    for path in sorted(writing):
        operation = description()["paths"][path]["post"]
        reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        fields = schemas[reference.rsplit("/", 1)[1]]["properties"]
        sent = {name: value for name, value in values.items() if name in fields}
        for who in VISITORS:
            if who in {"clerk", "officer", "chairman"}:
                continue  # the matrix of verbs says what they may
            if who == "applicant" and path.endswith(("/withdraw", "/supply")):
                continue
            if who == "department" and path.endswith("/answer-consultation"):
                continue
            asked = path.format(code=scene.open)
            response = client.post(asked, sent, content_type="application/json", **_sent(scene, who))
            tried += response.status_code in (401, 403, 404)
            if response.status_code >= 500 or response.status_code < 300 or shown(response):
                wrong.append(f"{path} by {who}: {response.status_code} {body(response)[:200]}")
            if state() != before:
                wrong.append(f"{path} by {who} changed something")
                before = state()
    assert not wrong, "\n".join(wrong)
    assert tried > len(writing) * 8  # refused for who they are, not for what they sent
