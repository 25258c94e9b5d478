"""Every page opens for who may open it, in both languages, and bad questions get a sentence, never a fault."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from haicap.config import demo
from haicap.domain.units import actions, jobs, queries
from tests.journeys.console import cast as made

PLAIN = (
    "home", "acts", "acts-csv", "act-new", "act-template", "organs", "registers", "register-unconfirmed",
    "register-unconfirmed-csv",
    "register-edges-csv", "conversions", "conversions-csv", "ledger", "ledger-csv", "ledger-verify",
    "ledger-anchors", "officers", "officer-keys",
)  # fmt: skip
HOSTILE = (
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "%s%n",
    "\0",
    "9" * 5000,
    "ơ" * 300,
    "-1",
    "2026-13-45",
)
ASKED = {
    "acts": ("tim", "trang-thai", "tinh", "nam", "trang"),
    "acts-csv": ("tim", "tinh", "nam"),
    "organs": ("don-vi", "ngay"),
    "ledger": ("chuoi", "loai", "ngay", "truoc"),
    "officers": ("tim", "trang"),
    "register-unconfirmed": ("ly-do", "trang"),
}


def body(answer) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_open(drafter, language) -> None:
    with translation.override(language):
        for name in PLAIN:
            answer = drafter.get(reverse(f"console:{name}"))
            assert answer.status_code == 200, name
            assert body(answer)
            if not answer.streaming:
                assert f'<html lang="{language}">' in body(answer)
                assert "no-store" in answer["Cache-Control"], name


def test_bad_questions_get_a_sentence(drafter) -> None:
    for name, keys in ASKED.items():
        for key in keys:
            for text in HOSTILE:
                answer = drafter.get(reverse(f"console:{name}"), {key: text})
                assert answer.status_code in (200, 400), (name, key, text)
                assert "<script>alert" not in body(answer)


def test_page_of_a_packaged_act_draws_what_it_changed(drafter) -> None:
    act = queries.acts(visible=made.everything(), text="1673/NQ-UBTVQH15").get()
    page = body(drafter.get(reverse("console:act", args=[act.pk])))
    assert 'class="flow"' in page and "đơn vị mới" in page
    moves = body(drafter.get(reverse("console:act-csv", args=[act.pk])))
    assert moves.startswith("\ufeff") and len(moves.splitlines()) > 100


def test_acts_are_found_by_province(drafter) -> None:
    page = body(drafter.get(reverse("console:acts"), {"tinh": "15"}))
    assert "1673/NQ-UBTVQH15" in page and "1685/NQ-UBTVQH15" not in page


def test_unconfirmed_facts_are_counted_by_reason(drafter) -> None:
    rows = [v for v in queries.register().every() if v.evidence == "unconfirmed"]
    file = body(drafter.get(reverse("console:register-unconfirmed-csv")))
    assert len(file.splitlines()) == len(rows) + 1
    reason = rows[0].note
    some = body(drafter.get(reverse("console:register-unconfirmed-csv"), {"ly-do": reason}))
    assert len(some.splitlines()) == sum(v.note == reason for v in rows) + 1


def test_pages_ask_few_questions(drafter, cast) -> None:
    """A budget of queries a page: it does not grow with the rows."""
    queries.register()
    act = made.draft(cast["anh.bnv"])
    for name, args, most in (
        ("home", [], 17), ("acts", [], 10), ("organs", [], 12), ("ledger", [], 10), ("act", [act.pk], 14),
        ("registers", [], 11), ("officers", [], 9),
    ):  # fmt: skip
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert drafter.get(reverse(f"console:{name}", args=args)).status_code == 200
        assert len(asked) <= most, (name, [q["sql"][:90] for q in asked])


def test_verify_says_what_holds(drafter) -> None:
    page = body(drafter.post(reverse("console:ledger-verify")))
    assert "Sổ còn nguyên vẹn" in page


def test_stories_are_sentences(drafter, cast) -> None:
    act = made.draft(cast["anh.bnv"])
    page = body(drafter.get(reverse("console:act", args=[act.pk])))
    assert f"Lập dự thảo nhập văn bản {act.number}" in page and "Lê Thị Ánh" in page and "dòng 1" not in page
    actions.put_line(
        pk=act.pk, seen=act.version, line=made.line("03006"), actor=cast["anh.bnv"].actor, at=made.AT
    )
    assert "dòng 1" in body(drafter.get(reverse("console:act", args=[act.pk])))


def test_home_says_posts_and_drafts(leader, cast) -> None:
    made.draft(cast["anh.bnv"], number="77/NQ-UBTVQH16")
    page = body(leader.get(reverse("console:home")))
    assert "77/NQ-UBTVQH16" in page and "chờ bạn kiểm tra" in page and "Bộ Nội vụ" in page
    assert demo.PASSWORD not in page


def test_home_leaves_out_steps_of_work(operator, settings, tmp_path) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    rows = "address\n" + "Phường Bến Nghé, Quận 1, TP.HCM\n" * (jobs.PIECE + 1)
    row = actions.request_conversion(
        file=io.BytesIO(rows.encode()), name="a.csv", on=made.AT.date(), actor="portal", at=made.AT
    )
    jobs.work_through(row.pk)
    home = body(operator.get(reverse("console:home")))
    assert "Chuyển đổi xong 1001 dòng" in home and "Đã chuyển đổi đến dòng" not in home
    assert "Đã chuyển đổi đến dòng 1000" in body(operator.get(reverse("console:ledger")))
