"""What is not here is refused, what only the handbook says is answered by it, and who decides is a question of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from haicap.config.packaged_facts import Packaged
from haicap.edges.assistant import elsewhere, evaluating, facts, guides
from haicap.edges.assistant.asking import ask
from haicap.edges.assistant.normal import words_in
from haicap.edges.assistant.reply import Behaviour, Topic
from haicap.edges.assistant.sayings import sayings
from haicap.edges.assistant.topics import Sign, either, signs, without

NOW = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "quên mã PIN thẻ ATM thì làm lại ở đâu",
        "xin visa Ý cho vợ đi du lịch",
        "lắp đồng hồ nước cho nhà trọ",
        "học lớp 1 trái tuyến ở thành phố",
        "đăng ký nhãn hiệu cho tiệm bánh",
        "bị lừa mất tiền trên mạng",
        "report my stolen phone",
    ],
)
def test_matters_no_procedure_is_for_are_refused(text: str) -> None:
    reply = ask(text, on=NOW)
    assert (reply.behaviour, reply.topic, reply.procedures) == (Behaviour.REFUSE, Topic.NONE, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("mở hộ kinh doanh bán thẻ điện thoại", "1.001612"),
        ("đăng ký khai sinh ở phường", "1.001193"),
        ("bị mất sổ đỏ trong trận lụt", "1.012786"),
    ],
)
def test_what_is_here_is_still_found_beside_them(text: str, code: str) -> None:
    reply = ask(text, on=NOW)
    assert reply.behaviour is Behaviour.ANSWER and reply.procedures[0].code == code


@pytest.mark.parametrize(
    "text",
    [
        "mất tờ giấy hẹn rồi thì lấy kết quả sao",
        "họ đòi bổ sung giấy tờ tới lần thứ hai có đúng không, được mấy lần",
        "bằng lái ghi huyện cũ có bắt buộc đổi không",
        "không hài lòng câu trả lời phản ánh thì làm gì",
        "how many times may the officer ask for more papers",
    ],
)
def test_what_only_the_handbook_says_is_answered_by_it(text: str) -> None:
    reply = ask(text, on=NOW)
    assert (reply.behaviour, reply.topic, reply.procedures) == (Behaviour.ANSWER, Topic.GUIDANCE, ())
    assert reply.sentences[0].link


@pytest.mark.parametrize(
    "text",
    [
        "ai ra quyết định thu hồi đất",
        "bổ nhiệm công chứng viên do chủ tịch tỉnh hay bộ trưởng",
        "sở nào phê duyệt giấy phép lao động",
        "hợp tác xã thì xã đăng ký hay tỉnh đăng ký",
        "who appoints notaries",
    ],
)
def test_who_decides_is_a_question_about_a_power(text: str) -> None:
    reply = ask(text, on=NOW)
    assert (reply.behaviour, reply.topic, reply.procedures) == (Behaviour.ANSWER, Topic.POWER, ())


@pytest.mark.parametrize(
    "text", ["văn phòng nào ký hợp đồng với luật sư", "cán bộ được công nhận người có công"]
)
def test_an_office_and_an_officer_are_no_organs(text: str) -> None:
    assert Sign.POWER not in signs(words_in(text))


def test_words_that_ask_who_decides_are_taken_out_of_the_matter() -> None:
    left = without(Sign.POWER, words_in("thu hồi đất thì ông nào ra quyết định"))
    assert [w.key for w in left] == [w.key for w in words_in("thu hồi đất thì")]
    assert either(words_in("việc này xã làm hay tỉnh làm")) and not either(words_in("làm ở xã"))


@pytest.fixture(scope="module")
def fuller() -> Packaged:
    """A catalogue that has since got what the lines say is not here."""
    found = Packaged()
    like = next(p for p in found._proposals if p.code == "1.001612")
    names = {
        "9.000001": "Cấp Giấy phép bán lẻ rượu",
        "9.000002": "Đăng ký nuôi chó, mèo",
        "9.000003": "Đăng ký nhãn hiệu",
    }
    more = tuple(
        replace(like, line=90_000 + n, code=code, name=name, content=replace(like.content, keywords=()))
        for n, (code, name) in enumerate(names.items())
    )
    found.__dict__["_proposals"] = found._proposals + more
    return found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bán lẻ rượu", "9.000001"),
        ("đăng ký nuôi chó", "9.000002"),
        ("đăng ký nhãn hiệu cho tiệm bánh", "9.000003"),
    ],
)
def test_what_a_name_in_the_catalogue_says_is_here(
    packaged: Packaged, fuller: Packaged, text: str, code: str
) -> None:
    assert ask(text, on=NOW).behaviour is Behaviour.REFUSE
    facts.wire(fuller)
    assert ask(text, on=NOW).procedures[0].code == code


def test_lines_lead_where_they_say(packaged: Packaged) -> None:
    assert {code for code, _ in guides.lines()} <= set(packaged.guides(NOW).items)
    said = {" ".join(w.key for w in words_in(text)) for row in sayings().values() for text in row}
    here = [" ".join(w.key for w in words) for words in elsewhere.lines()]
    assert len(here) == len(set(here)) and said.isdisjoint(here)


def test_no_question_is_asked_twice_in_the_tuned_part() -> None:
    asked = [(row.q.casefold(), row.after) for row in evaluating.rows(evaluating.TUNED)]
    assert len(asked) == len(set(asked))
