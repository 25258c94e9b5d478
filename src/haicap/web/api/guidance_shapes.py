"""Hình dạng của câu trả lời về cẩm nang, hỏi đáp, thông báo."""

from __future__ import annotations

from ninja import Field, Schema


class FlagOut(Schema):
    """Vì sao bài đang được rà soát."""

    kind: str = Field(description="ended, suspended, resumed, amended, review")
    since: str
    citation: str
    by: str | None = Field(description="Số của văn bản làm thay đổi, nếu biết.")


class GroundOut(Schema):
    """Căn cứ."""

    number: str
    place: str
    document: str | None = Field(
        description="Tên văn bản trong /documents; trống: sổ không có, hoặc có nhiều."
    )
    path: str


class PieceLine(Schema):
    """Một bài, không kèm nội dung."""

    code: str
    kind: str = Field(description="article, answer, notice")
    title: str
    summary: str
    title_en: str
    summary_en: str
    audience: list[str] = Field(description="citizen, commune, province, ministry")
    topic: str
    part: int | None = Field(description="Phần của cẩm nang, 1–6.")
    place: int | None
    version: int
    valid_from: str | None
    valid_until: str | None = Field(description="Ngày đầu tiên không còn áp dụng.")
    evidence: str = Field(description="confirmed, unconfirmed, doubtful")
    note: str
    reviewed_on: str
    review_by: str | None
    flagged: list[FlagOut]


class PieceOut(PieceLine):
    """Một bài đầy đủ; body là CommonMark không có HTML."""

    body: str
    body_en: str
    citations: list[GroundOut]
    source: str


class PiecesAnswer(Schema):
    on: str
    total: int
    pieces: list[PieceLine]
    next: str | None


class PieceAnswer(Schema):
    on: str
    piece: PieceOut


class FeedItem(Schema):
    id: str
    url: str
    title: str
    summary: str
    content_text: str
    date_published: str
    language: str
    tags: list[str]


class FeedAnswer(Schema):
    """JSON Feed 1.1."""

    version: str
    title: str
    home_page_url: str
    feed_url: str
    language: str
    items: list[FeedItem]
