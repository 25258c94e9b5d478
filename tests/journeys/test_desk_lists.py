"""Lists of the desk: counted, narrowed, paged, searched, taken home as a file; figures with the rows behind them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
import python_calamine
from django.urls import reverse

from haicap.base.dates import today
from haicap.config import demo_dossiers
from haicap.config.demo_stories import STORIES
from haicap.domain.dossiers import policy, queries
from haicap.domain.dossiers.queries import overviews, searching, worklists
from haicap.domain.dossiers.queries.worklists import Asked, Stage, TimeLeft
from tests.journeys import desk_cast
from tests.journeys.desk_cast import SINGLE, WHO, somebody, text

LIST, SEARCH = reverse("desk:list"), reverse("desk:search")
ROWS = re.compile(r"data-row>")


@pytest.fixture
def desk(cast_database, procedures, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return desk_cast.begun()


@pytest.fixture
def shown(desk):
    """The desk with every dossier of the demonstration."""
    assert demo_dossiers.load(desk.at) == len(STORIES)
    return desk


def scope(desk, name: str):
    return policy.visible_to(desk.actor(name), today(desk.at))


def test_the_demonstration_has_every_state_once_and_only_once(shown) -> None:
    found = {queries.by_public_id(demo_dossiers.number_of(story.key)).state for story in STORIES}
    assert found == set(range(1, 11))
    assert demo_dossiers.load(shown.at + timedelta(minutes=1)) == 0
    late = worklists.tally(scope(shown, "giang.sapa"), shown.at).of(Stage.ALL, TimeLeft.LATE)
    assert late >= 2


def test_counts_are_the_rows_of_every_list(shown) -> None:
    for name in ("giang.sapa", "huong.sapa", "phuong.laocai", "tuan.btp", "son.taphin"):
        mine = scope(shown, name)
        tally = worklists.tally(mine, shown.at)
        for stage in Stage:
            for left in (None, *TimeLeft):
                page = worklists.page(mine, Asked(stage=stage, left=left), shown.at, size=200)
                assert len(page.items) == tally.of(stage, left), (name, stage, left)


def test_pages_follow_one_another_without_a_gap(shown) -> None:
    mine, after, codes = scope(shown, "giang.sapa"), None, []
    while True:
        page = worklists.page(mine, Asked(), shown.at, after=after, size=7)
        codes += [item.code for item in page.items]
        after = page.next
        if after is None:
            break
    assert len(codes) == len(set(codes)) == worklists.tally(mine, shown.at).of(Stage.ALL)
    dues = [item.due_at for item in worklists.page(mine, Asked(), shown.at, size=200).items]
    dated = [due for due in dues if due]
    assert dues == sorted(dated) + [None] * (len(dues) - len(dated))


def test_the_address_goes_on_where_the_page_ended(shown, monkeypatch) -> None:
    monkeypatch.setattr(worklists.page, "__kwdefaults__", {"after": None, "size": 10})
    clerk = shown.browser("giang.sapa")
    first = clerk.get(LIST).content.decode()
    href = re.search(r'href="(\?[^"]*sau=[^"]+)" rel="next"', first)
    assert href is not None
    second = clerk.get(LIST + href[1].replace("&amp;", "&")).content.decode()
    codes = [set(re.findall(r"data-open>(H[^<]+)<", page)) for page in (first, second)]
    assert (len(codes[0]), len(codes[1] & codes[0])) == (10, 0)
    assert codes[1]
    assert clerk.get(LIST, {"sau": "yesterday_x", "chang": "no", "han": "?", "kenh": "x"}).status_code == 200


def test_a_list_is_narrowed_by_its_address(shown) -> None:
    clerk = shown.browser("giang.sapa")

    def codes(**asked: str) -> set[str]:
        return set(re.findall(r"data-open>(H[^<]+)<", clerk.get(LIST, asked).content.decode()))

    everything = codes()
    online = codes(kenh="2")
    assert 0 < len(online) < len(everything)
    assert codes(**{"thu-tuc": SINGLE}) < everything
    assert codes(loc="giang a") == codes(loc="Giàng A") != set()
    assert codes(loc="%") == everything  # a sign, not a word
    hers = codes(**{"can-bo": shown.actor("huong.sapa")})
    assert 0 < len(hers) < len(everything)
    assert not hers & codes(**{"can-bo": "-"})
    assert codes(**{"don-vi": desk_cast.uid("03013")}) < everything
    assert codes(chang="xu-ly", han="tre")


def test_search_finds_by_anything_one_may_see(desk) -> None:
    row = desk.taken_in(who=somebody("Đặng Thị Ngọc Ánh", "0977123456", "015090000777"))
    other = desk.taken_in(who=somebody("Đặng Văn Ánh", "0977123456"))
    clerk, stranger = desk.browser("giang.sapa"), desk.browser("thao.saigon")
    at = reverse("desk:dossier", args=[row.code])
    for typed in (row.code, row.code.lower(), f" {row.code} ", f"{row.code}|2026-11-22T09:30+07:00||H38",
                  f"https://vidu.vn/theo-doi/?ma={row.code}"):  # fmt: skip
        assert clerk.get(SEARCH, {"q": typed}).url == at
        assert stranger.get(SEARCH, {"q": typed}).status_code == 200
        assert row.code not in re.findall(
            r"data-open>(H[^<]+)<", stranger.get(SEARCH, {"q": typed}).content.decode()
        )
    both = clerk.get(SEARCH, {"q": "0977 123 456"}).content.decode()
    assert {row.code, other.code} <= set(re.findall(r"data-open>(H[^<]+)<", both))
    assert clerk.get(SEARCH, {"q": "015090000777"}).url == at
    assert clerk.get(SEARCH, {"q": "dang thi ngoc"}).url == at
    firm = desk.taken_in(
        who=replace(WHO, name="Công ty Thử", kind="organisation", number="5300123456", phone="")
    )
    assert clerk.get(SEARCH, {"q": "5300123456"}).url == reverse("desk:dossier", args=[firm.code])
    for nothing in ("", "a", "khong co ai", "'; DROP TABLE x --", "\x00"):
        assert clerk.get(SEARCH, {"q": nothing}).status_code == 200
    for typed in ("0977123456", "dang thi ngoc", "015090000777"):
        assert not ROWS.findall(stranger.get(SEARCH, {"q": typed}).content.decode())
        assert not ROWS.findall(desk.browser("tuan.btp").get(SEARCH, {"q": typed}).content.decode())


def test_a_ministry_lists_without_personal_text(shown) -> None:
    officer = shown.browser("tuan.btp")
    page = officer.get(LIST).content.decode()
    assert len(ROWS.findall(page)) > 30
    sheet = b"".join(officer.get(reverse("desk:list-csv")).streaming_content).decode()
    for story in STORIES:
        assert story.name not in page
        assert story.name not in sheet
        assert not story.phone or story.phone not in sheet
    found = searching.found(
        scope(shown, "tuan.btp"), "H38.03006", actor=shown.actor("tuan.btp"), on=today(shown.at)
    )
    assert found.by == "nothing"


def test_files_hold_the_list_of_the_question(shown) -> None:
    clerk = shown.browser("giang.sapa")
    lines = (
        b"".join(clerk.get(reverse("desk:list-csv"), {"chang": "bo-sung"}).streaming_content)
        .decode()
        .splitlines()
    )
    mine = worklists.tally(scope(shown, "giang.sapa"), shown.at)
    assert len(lines) == 1 + mine.of(Stage.SUPPLEMENT)
    book = clerk.get(reverse("desk:list-xlsx"), {"chang": "bo-sung"}).content
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == [line.split(",")[0].lstrip("\ufeff") for line in lines]


def test_formulas_do_not_travel(desk) -> None:
    desk.taken_in(who=somebody("=HYPERLINK(1)", "0966666666"))
    sheet = b"".join(desk.browser("giang.sapa").get(reverse("desk:list-csv")).streaming_content).decode()
    assert "'=HYPERLINK(1)" in sheet


def test_figures_lead_to_their_rows(shown) -> None:
    leader = shown.browser("quang.laocai")
    first = today(shown.at - timedelta(days=40))
    asked = {"tu": first.isoformat(), "den": today(shown.at).isoformat()}
    mine = scope(shown, "quang.laocai")
    since, until = shown.at - timedelta(days=60), shown.at + timedelta(days=1)
    found = overviews.figures(mine, since, until, today(shown.at))
    assert (found.returned, found.refused, found.left) == (3, 1, 2)
    for kind in overviews.KINDS:
        page = leader.get(reverse("desk:leader"), {**asked, "xem": kind}).content.decode()
        assert len(ROWS.findall(page)) == getattr(found, kind), kind
    assert leader.get(reverse("desk:leader"), {"tu": "hôm kia"}).status_code == 400
    assert leader.get(reverse("desk:leader"), {"tu": "2026-11-22", "den": "2026-11-01"}).status_code == 400
    assert (
        shown.browser("tuan.btp")
        .get(reverse("desk:leader"), {"tu": "2026-01-01", "den": "2026-11-01"})
        .status_code
        == 400
    )


def test_today_says_who_has_what(shown) -> None:
    page = text(shown.browser("huong.sapa").get(reverse("desk:today")))
    assert "Lý Thu Hương" in page
    assert "Việc của tôi" in page
    loads = {load.key: load for load in overviews.loads(scope(shown, "huong.sapa"), "officer", shown.at)}
    mine = worklists.page(
        scope(shown, "huong.sapa"), Asked(officer=shown.actor("huong.sapa")), shown.at, size=200
    ).items
    running = [item for item in mine if item.state in (2, 4)]
    assert loads[shown.actor("huong.sapa")].all == len(running)


def test_pages_ask_little_of_the_database(shown, remembered, django_assert_max_num_queries) -> None:
    clerk, officer = shown.browser("giang.sapa"), shown.browser("huong.sapa")
    code = worklists.page(scope(shown, "huong.sapa"), Asked(stage=Stage.WORK), shown.at).items[0].code
    for page in (LIST, reverse("desk:today"), reverse("desk:dossier", args=[code])):
        officer.get(page)  # what is remembered is remembered
    with django_assert_max_num_queries(
        11
    ):  # session, person, factor, posts; two counts, two pieces, names, colleagues
        clerk.get(LIST)
    with django_assert_max_num_queries(30):
        officer.get(reverse("desk:dossier", args=[code]))
    for name, most in (("quang.laocai", 14), ("tuan.btp", 6)):  # figures of the nation were counted once
        leader = shown.browser(name)
        leader.get(reverse("desk:leader"))
        with django_assert_max_num_queries(most):
            assert "đã tiếp nhận" in leader.get(reverse("desk:leader")).content.decode()


def test_alike_warns_only_of_the_same_procedure_and_person(desk) -> None:
    row = desk.taken_in()
    mine = scope(desk, "giang.sapa")
    assert [i.code for i in searching.alike(mine, procedure=SINGLE, phone=WHO.phone)] == [row.code]
    assert [
        i.code for i in searching.alike(mine, procedure=SINGLE, number=WHO.number, phone="0900000000")
    ] == [row.code]
    assert searching.alike(mine, procedure="1.001193", phone=WHO.phone) == []
    assert searching.alike(mine, procedure=SINGLE) == []
    assert searching.alike(scope(desk, "thao.saigon"), procedure=SINGLE, phone=WHO.phone) == []
