"""Cẩm nang, hỏi đáp, thông báo: pieces of a day, one with its text, and a feed of what is new."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.decorators import decorate_view
from ninja.params.functions import Query

from haicap.domain.guidance import markup, queries
from haicap.domain.guidance.queries import telling
from haicap.web.api import guidance_shapes as shapes
from haicap.web.api import paging
from haicap.web.api.caching import of_guidance
from haicap.web.api.service import answers, unchecked
from haicap.web.api.units import AFTER, LIMIT, ON, asked_day
from haicap.web.common import clock

router = Router(tags=["Cẩm nang"])
PATHS = {"article": "cam-nang", "answer": "hoi-dap", "notice": "thong-bao"}
NEWEST = 50  # entries of the feed


@router.get(
    "/guidance",
    response=answers(shapes.PiecesAnswer, 410),
    summary="Bài áp dụng vào một ngày",
    operation_id="guidance",
)
@decorate_view(of_guidance)
def listed(
    request: HttpRequest,
    on: str = ON,
    q: str = Query("", max_length=200, description="Mọi chữ này phải có trong bài; có dấu hay không dấu."),
    kind: Literal["", "article", "answer", "notice"] = "",
    audience: Literal["", "citizen", "commune", "province", "ministry"] = "",
    topic: str = Query("", max_length=60),
    flagged: bool = Query(False, description="Chỉ bài đang được rà soát."),
    after: str = AFTER,
    limit: int = LIMIT,
) -> HttpResponse:
    """Chương cẩm nang, hỏi đáp, thông báo; theo thứ tự của cẩm nang, hoặc khớp nhất trước khi có q."""
    day = asked_day(on)
    if q.strip():
        found = [hit.piece for hit in queries.search(q, on=day, audience=audience or None, kind=kind or None)]
    else:
        found = list(queries.articles(day, audience or None, kind or None))
    found = [p for p in found if topic in ("", p.topic) and (p.flagged or not flagged)]
    part, following = paging.piece(found, after, limit, queries.generation())
    rows = [telling.line_told(piece) for piece in part]
    return unchecked({"on": day.isoformat(), "total": len(found), "pieces": rows, "next": following})


@router.get(
    "/guidance/feed",
    response=answers(shapes.FeedAnswer),
    summary="Bài mới (JSON Feed)",
    operation_id="guidance_feed",
)
@decorate_view(of_guidance)
def feed(request: HttpRequest, kind: Literal["", "article", "answer", "notice"] = "") -> HttpResponse:
    """50 bài bắt đầu áp dụng gần nhất, theo JSON Feed 1.1; mỗi bản mới của một bài là một mục mới."""
    base, today = request.build_absolute_uri("/").rstrip("/"), clock.today()
    found = sorted(queries.articles(today, kind=kind or None), key=_newest, reverse=True)[:NEWEST]
    items = [_item(piece, base) for piece in found]
    response = unchecked(
        {
            "version": "https://jsonfeed.org/version/1.1", "title": "Hai Cấp: cẩm nang, hỏi đáp, thông báo", "home_page_url": f"{base}/cam-nang/",
            "feed_url": f"{base}{request.path}", "language": "vi", "items": items,
        }
    )  # fmt: skip
    response.headers["Content-Type"] = "application/feed+json; charset=utf-8"
    return response


def _newest(piece: queries.Piece) -> tuple[str, str]:
    return (piece.valid.start.isoformat() if piece.valid.start else "", piece.code)


def _item(piece: queries.Piece, base: str) -> dict[str, Any]:
    url = f"{base}/{PATHS[piece.kind]}/{piece.code}/"
    return {
        "id": f"{url}#{piece.version}", "url": url, "title": piece.title, "summary": piece.summary,
        "content_text": markup.plain(piece.body), "date_published": f"{_newest(piece)[0]}T00:00:00+07:00", "language": "vi",
        "tags": [piece.kind.value, *(a.value for a in piece.audience)],
    }  # fmt: skip


@router.get(
    "/guidance/{code}", response=answers(shapes.PieceAnswer), summary="Một bài", operation_id="guidance_piece"
)
@decorate_view(of_guidance)
def one(request: HttpRequest, code: str, on: str = ON) -> HttpResponse:
    """Một bài như nó nói vào ngày hỏi, với căn cứ và lý do đang được rà soát."""
    day = asked_day(on)
    return unchecked({"on": day.isoformat(), "piece": telling.whole_told(queries.piece(code, day))})
