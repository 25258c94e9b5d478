"""Trợ lý: questions answered from records in force, and procedures found by everyday words. No token needed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema
from ninja.params.functions import Query

from haicap.base.dates import read_date
from haicap.edges.assistant import asking
from haicap.edges.assistant.reply import Reply
from haicap.web.api.problems import language_of
from haicap.web.api.service import answers, unchecked
from haicap.web.common import clock

router = Router(tags=["Trợ lý"])
QUESTION = Query(..., min_length=1, max_length=2_000, description="Câu hỏi như người dân hỏi.")
ON = Query("", max_length=10, description="Ngày hỏi; để trống: hôm nay.")


class FoundOut(Schema):
    code: str
    name: str
    score: float = Field(description="Từ 0 đến 1.")


class OptionOut(Schema):
    label: str
    value: str = Field(description="Gửi lại làm q, kèm context.")


class SentenceOut(Schema):
    text: str
    link: str
    citation: str


class ReplyOut(Schema):
    """Trả lời, hỏi lại, hoặc nói không biết."""

    behaviour: str = Field(description="answer, clarify hoặc refuse.")
    topic: str = Field(description="procedure, power, unit, guidance hoặc none.")
    procedures: list[FoundOut] = Field(
        description="answer: thủ tục đầu là thủ tục được hiểu; clarify: các thủ tục gần nhau."
    )
    question_back: str
    options: list[OptionOut]
    text: str
    sentences: list[SentenceOut] = Field(description="Mỗi câu dẫn tới bản ghi của nó.")
    citations: list[str]
    context: str = Field(description="Gửi lại với câu hỏi tiếp; không có dữ liệu cá nhân.")


class FoundAnswer(Schema):
    procedures: list[FoundOut]


@router.get("/ask", response=answers(ReplyOut), summary="Hỏi trợ lý", operation_id="ask")
def ask(
    request: HttpRequest,
    q: str = QUESTION,
    address: str = Query("", max_length=500, description="Địa chỉ người hỏi, cũ hoặc mới, để biết nơi nộp."),
    context: str = Query("", max_length=400, description="context của câu trả lời trước."),
    on: str = ON,
) -> HttpResponse:
    """Câu nào cũng lấy từ một bản ghi có hiệu lực vào ngày hỏi; không khớp gì thì refuse. Không lưu câu hỏi."""
    day = read_date(on) if on.strip() else clock.today()
    language = "en" if language_of(request).startswith("en") else "vi"
    reply = asking.ask(
        q.replace("\0", ""), on=day, address=address.replace("\0", ""), context=context, language=language
    )
    return unchecked(_told(reply))


def _told(reply: Reply) -> dict[str, object]:
    return {
        "behaviour": reply.behaviour.value, "topic": reply.topic.value,
        "procedures": [{"code": p.code, "name": p.name, "score": p.score} for p in reply.procedures],
        "question_back": reply.question_back, "options": [{"label": o.label, "value": o.value} for o in reply.options],
        "text": reply.text,
        "sentences": [{"text": s.text, "link": s.link, "citation": str(s.citation or "")} for s in reply.sentences],
        "citations": [str(c) for c in reply.citations], "context": reply.context,
    }  # fmt: skip


@router.get("/search", response=answers(FoundAnswer), summary="Tìm thủ tục", operation_id="search")
def search(
    request: HttpRequest,
    q: str = QUESTION,
    k: int = Query(5, ge=1, le=50, description="Nhiều nhất bao nhiêu."),
    on: str = ON,
) -> HttpResponse:
    """Thủ tục hợp với lời nói thường ngày, hợp nhất trước, kèm điểm."""
    day = read_date(on) if on.strip() else clock.today()
    found = asking.search(q.replace("\0", ""), on=day, most=k)
    told = [
        {"code": p.card.entry.code, "name": p.card.entry.name, "score": round(p.chance, 4)} for p in found
    ]
    return unchecked({"procedures": told})
