"""Who decides, at the desk: search, answer, the panel of a dossier and at reception, the survey, problems of a rule."""

from __future__ import annotations

import csv
import html
import io

import pytest
from django.urls import reverse

from haicap.domain.law import queries as law
from haicap.domain.law.states import ProblemState
from haicap.domain.powers import queries as powers
from haicap.domain.powers.states import Survey
from haicap.kernel.ledger.models import Event
from haicap.web.common.clock import today
from tests.journeys import desk_cast
from tests.journeys.desk_cast import BUILDING, SINGLE

WHO, SURVEY, PROBLEMS, NEW = (reverse(f"desk:{n}") for n in ("who", "survey", "problems", "problem-new"))
PERMIT = "xay-dung.giay-phep"
SAPA = "c:03006@2025-07-01"
WORK_PERMIT = "1.014199"


@pytest.fixture
def desk(cast_database, procedures, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return desk_cast.begun()


def body(response) -> str:
    """The page with its links, as a reader of its source has it."""
    return html.unescape(response.content.decode())


def csv_rows(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


# --- who decides ---------------------------------------------------------------------------------------------------
def test_a_search_answers_for_the_own_unit(desk) -> None:
    browser = desk.browser("huong.sapa")
    for asked in ("giấy phép xây dựng", "giay phep xay dung", BUILDING, PERMIT):
        page = body(browser.get(WHO, {"q": asked}))
        assert "Tại Phường Sa Pa" in page and "Ủy ban nhân dân phường Sa Pa" in page, asked
        assert f"{WHO}{PERMIT}/?don-vi=" in page, asked
    assert "Không thấy thẩm quyền nào như thế" in body(browser.get(WHO, {"q": "zzzz"}))


def test_everyday_words_lead_through_procedures(desk) -> None:
    page = body(desk.browser("huong.sapa").get(WHO, {"q": "thành lập hộ kinh doanh"}))
    assert "Phòng Kinh tế" in page and "qua thủ tục" in page and "1.001612" in page
    other = body(desk.browser("huong.sapa").get(WHO, {"q": "đăng ký khai tử"}))
    assert "Thủ tục khớp nhưng chưa ghi thẩm quyền" in other


def test_an_answer_has_its_clause_its_days_and_its_faults(desk) -> None:
    browser = desk.browser("huong.sapa")
    page = body(browser.get(f"{WHO}{PERMIT}/"))
    assert "Ủy ban nhân dân phường Sa Pa" in page and "01/03/2027" in page
    assert "/van-ban/140-2025-nd-cp/#art_4__para_1" in page
    assert "Không còn ai giữ từ 01/03/2027" in page and BUILDING in page
    after = body(browser.get(f"{WHO}{PERMIT}/", {"ngay": "2027-03-01"}))
    assert "không ai có thẩm quyền quyết định" in after
    assert browser.get(f"{WHO}khong-co/").status_code == 404


def test_place_by_old_address_code_or_choice(desk) -> None:
    browser = desk.browser("huong.sapa")
    saigon = body(browser.get(f"{WHO}{PERMIT}/", {"noi": "12 Nguyễn Huệ, P. Bến Nghé, Q.1, TP.HCM"}))
    assert "Ủy ban nhân dân phường Sài Gòn" in saigon and "Phường Bến Nghé" in saigon
    assert "Ủy ban nhân dân phường Sa Pa" in body(browser.get(f"{WHO}{PERMIT}/", {"noi": "03006"}))
    several = body(browser.get(f"{WHO}{PERMIT}/", {"noi": "Phường Cửa Nam, Hà Nội"}))
    assert "có thể thuộc nhiều nơi" in several and "?don-vi=" in several
    lost = body(browser.get(f"{WHO}{PERMIT}/", {"noi": "zzzz"}))
    assert 'aria-invalid="true"' in lost
    kept = browser.get(f"{WHO}{PERMIT}/", {"noi": "Phường Sa Pa, Tỉnh Lào Cai", "vua": SAPA})
    assert "Ai quyết định tại Phường Sa Pa" in body(kept)
    district = body(browser.get(f"{WHO}{PERMIT}/", {"noi": "Phường Bến Nghé, Quận 1, Hồ Chí Minh", "ngay": "01/06/2025", "tt-khoan": "3"}))  # fmt: skip
    assert "cấp huyện" in district and "Luật 50/2014/QH13" in district


def test_the_case_is_a_choice(desk) -> None:
    browser = desk.browser("huong.sapa")
    power = "giao-duc.phi-loi-nhuan"
    home = body(browser.get(f"{WHO}{power}/", {"tt-nha_dau_tu": "trong_nuoc"}))
    abroad = body(browser.get(f"{WHO}{power}/", {"tt-nha_dau_tu": "nuoc_ngoai"}))
    assert "Chủ tịch Ủy ban nhân dân phường Sa Pa" in home and "tỉnh Lào Cai</h3>" not in home
    assert "Chủ tịch Ủy ban nhân dân tỉnh Lào Cai" in abroad and "phường Sa Pa</h3>" not in abroad
    assert body(browser.get(f"{WHO}{power}/", {"tt-nha_dau_tu": "x"})).count("card lead") == 2


# --- beside a dossier -------------------------------------------------------------------------------------------------
def test_a_dossier_says_who_holds_its_power(desk, django_assert_max_num_queries) -> None:
    row = desk.taken_in(BUILDING)
    browser = desk.browser("giang.sapa")
    page = body(browser.get(reverse("desk:dossier", args=[row.code])))
    assert "Ai có thẩm quyền hôm nay" in page and "Đúng thẩm quyền" in page
    assert "/van-ban/140-2025-nd-cp/#art_4__para_1" in page
    assert f"{NEW}?van-ban=140-2025-nd-cp&dieu=art_4__para_1" in page
    plain = desk.taken_in(SINGLE)
    assert "Ai có thẩm quyền hôm nay" not in body(browser.get(reverse("desk:dossier", args=[plain.code])))


def test_reception_warns_and_takes_it_all_the_same(desk) -> None:
    browser = desk.browser("giang.sapa")
    address = f"{reverse('desk:reception')}?thu-tuc={WORK_PERMIT}"
    page = body(browser.get(address))
    assert "Sở Nội vụ tỉnh Lào Cai không có thẩm quyền này theo quy định hôm nay" in page
    assert "Chủ tịch Ủy ban nhân dân tỉnh Lào Cai" in page and "128/2025/NĐ-CP" in page
    right = body(browser.get(f"{reverse('desk:reception')}?thu-tuc={BUILDING}"))
    assert "Đúng thẩm quyền" in right and "không có thẩm quyền" not in right
    row = desk.taken_in(WORK_PERMIT)
    shown = body(browser.get(reverse("desk:dossier", args=[row.code])))
    assert "không có thẩm quyền này theo quy định hôm nay" in shown


# --- survey --------------------------------------------------------------------------------------------------------
def test_the_survey_lists_what_my_unit_exercises(desk) -> None:
    page = body(desk.browser("khoi.sapa").get(SURVEY))
    wanted = powers.exercised_at(SAPA, today())
    assert len(wanted) > 30 and f"trên {len(wanted)} việc" in page
    assert page.count('name="tham-quyen"') == len(wanted)
    province = powers.exercised_at("p:15", today()) or []
    assert not {p.code for p, _ in wanted} & {p.code for p, kinds in province if "commune" in str(kinds)}
    assert "dành cho xã, phường" in body(desk.browser("tuan.btp").get(SURVEY))


def test_many_are_answered_at_once_and_one_in_words(desk) -> None:
    browser = desk.browser("khoi.sapa")
    codes = [p.code for p, _ in powers.exercised_at(SAPA, today())][:3]
    data = {"don-vi": SAPA, "tham-quyen": codes} | {f"seen-{c}": "0" for c in codes}
    page = body(browser.post(reverse("desk:survey-able"), data, follow=True))
    assert "Đã ghi 3 việc thực hiện được" in page
    said = {a.power.code: a for a in powers.survey_answers("137/CV-BCĐ", unit=SAPA)}
    assert {said[c].answer for c in codes} == {Survey.CAN} and len(said) == 3
    again = body(browser.post(reverse("desk:survey-able"), data, follow=True))
    assert (
        codes[0] in again and "Đã ghi" not in again
    )  # somebody else's words are not overwritten from a stale page
    one = reverse("desk:survey-answer", args=[codes[0]])
    form = {
        "seen": said[codes[0]].version,
        "don-vi": SAPA,
        "answer": "cannot",
        "words": "",
        "proposal": "",
        "addressee": "",
    }
    refused = browser.post(one, form)
    assert refused.status_code == 400 and "vì sao" in body(refused)
    done = browser.post(
        one, form | {"words": "Chưa có người", "proposal": "Giao lại tỉnh", "addressee": "minister"}
    )
    assert done.status_code == 302
    (row,) = powers.survey_answers("137/CV-BCĐ", unit=SAPA, power=codes[0])
    assert (row.answer, row.words, row.addressee) == ("cannot", "Chưa có người", "minister")
    narrowed = body(browser.get(SURVEY, {"tra-loi": "cannot"}))
    assert narrowed.count('name="tham-quyen"') == 1
    rows = csv_rows(browser.get(reverse("desk:survey-csv")))
    assert [r["answer"] for r in rows if r["power"] in codes] == ["cannot", "can", "can"]


def test_nobody_answers_for_another_unit(desk) -> None:
    browser = desk.browser("giang.sapa")  # receives only
    code = powers.exercised_at(SAPA, today())[0][0].code
    assert browser.get(reverse("desk:survey-answer", args=[code])).status_code == 404
    browser.post(
        reverse("desk:survey-able"), {"don-vi": SAPA, "tham-quyen": [code], f"seen-{code}": "0"}, follow=True
    )
    desk.browser("khoi.sapa").post(
        reverse("desk:survey-able"),
        {"don-vi": "c:03013@2025-07-01", "tham-quyen": [code], f"seen-{code}": "0"},
    )
    answers = powers.survey_answers("137/CV-BCĐ")
    assert [a.unit.uid for a in answers] == [
        SAPA
    ]  # the second counted for the own unit, the first for nobody


# --- problems of a rule ------------------------------------------------------------------------------------------------
def test_a_problem_is_reported_from_a_clause_and_taken_back(desk) -> None:
    browser = desk.browser("khoi.sapa")
    assert "chưa báo vướng mắc nào" in body(browser.get(PROBLEMS))
    found = body(browser.get(NEW, {"so": "140/2025/NĐ-CP"}))
    assert "?van-ban=140-2025-nd-cp" in found
    address = f"{NEW}?van-ban=140-2025-nd-cp&dieu=art_4__para_1"
    assert 'value="điều 4 khoản 1"' in body(browser.get(address))
    empty = browser.post(address, {"kind": "unclear", "place": "điều 4 khoản 1", "question": ""})
    assert empty.status_code == 400
    bad = browser.post(address, {"kind": "unclear", "place": "chỗ nào đó", "question": "Hỏi"})
    assert bad.status_code == 400
    page = body(browser.post(
        address, {"kind": "unclear", "place": "điều 4 khoản 1", "question": "Công trình cấp nào?"}, follow=True
    ))  # fmt: skip
    assert "Công trình cấp nào?" in page and "Chờ Bộ Xây dựng trả lời" in page
    (row,) = law.problems(raised_by=desk.actor("khoi.sapa"))
    assert row.path == "art_4__para_1"
    assert "Công trình cấp nào?" in body(desk.browser("huong.sapa").get(address))
    withdraw = reverse("desk:problem-withdraw", args=[row.code])
    assert desk.browser("huong.sapa").post(withdraw, {"seen": row.version}).status_code in (403, 404)
    assert "đã rút" in body(browser.post(withdraw, {"seen": row.version}, follow=True))
    assert law.problem(row.code).state is ProblemState.WITHDRAWN


def test_pages_ask_little_of_the_database(desk, django_assert_max_num_queries) -> None:
    browser = desk.browser("khoi.sapa")
    for page, most in (
        (f"{WHO}?q=giay+phep+xay+dung", 12),
        (f"{WHO}{PERMIT}/", 13),
        (SURVEY, 13),
        (PROBLEMS, 11),
    ):
        browser.get(page)  # what is remembered is remembered
        with django_assert_max_num_queries(most):
            assert browser.get(page).status_code == 200


def test_only_powers_the_unit_exercises_are_answered(desk) -> None:
    """Others, and codes that no database can hold, are told of and not recorded."""
    browser, events = desk.browser("huong.sapa"), Event.objects.count()
    others = sorted(set(powers.register().powers) - {p.code for p, _ in powers.exercised_at(SAPA, today())})
    codes = ["a\0b", "x" * 9000, others[0]]
    answer = browser.post(reverse("desk:survey-able"), {"tham-quyen": codes}, follow=True)
    assert "đơn vị không thực hiện" in body(answer)
    assert Event.objects.count() == events
    assert browser.post(f"{PROBLEMS}%00/rut/", {"seen": "1"}).status_code == 404
