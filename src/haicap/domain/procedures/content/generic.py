"""Biểu mẫu chung: what a dossier of a procedure without its own form, steps or result template uses."""

from __future__ import annotations

from decimal import Decimal

from haicap.domain.procedures.content.form import Field, FieldType, Form, Page, Profile
from haicap.domain.procedures.content.results import BodyLine, Line, ResultTemplate, Source
from haicap.domain.procedures.content.words import Words
from haicap.domain.procedures.content.workflow import Step, StepKind, Workflow
from haicap.domain.units.organs import Role


def _page(
    key: str, kind: FieldType, vi: str, en: str, prefill: Profile | None = None, *, must: bool = True
) -> Page:
    words = Words(vi, en)
    return Page(key, words, (Field(key, kind, words, must, prefill=prefill),))


def generic_form() -> Form:
    """Who asks, how to reach them, what they ask for: no more can be known of a procedure in general."""
    return Form((
        _page("full_name", FieldType.TEXT, "Họ và tên người nộp", "Full name of the applicant", Profile.FULL_NAME),
        _page("person_id", FieldType.PERSON_ID, "Số định danh cá nhân", "Personal identification number", Profile.PERSON_ID),
        _page("phone", FieldType.PHONE, "Số điện thoại", "Telephone number", Profile.PHONE),
        _page("email", FieldType.EMAIL, "Thư điện tử", "E-mail", Profile.EMAIL, must=False),
        _page("residence", FieldType.UNIT, "Nơi ở hiện nay", "Where you live now", Profile.RESIDENCE),
        _page("request", FieldType.LONGTEXT, "Nội dung đề nghị", "What you ask for"),
    ))  # fmt: skip


def generic_workflow() -> Workflow:
    """Reception, examination, signature, return: a neutral default of ours (8 working hours = 1 day)."""
    return Workflow((
        Step("receive", Words("Tiếp nhận, kiểm tra, số hóa", "Receive, check, scan"), StepKind.RECEIVE,
             Role.RECEPTION, Decimal("0.05"), "commune_centre"),
        Step("examine", Words("Thẩm định, dự thảo kết quả", "Examine, draft the result"), StepKind.EXAMINE,
             Role.OFFICER, Decimal("0.75")),
        Step("sign", Words("Ký kết quả", "Sign the result"), StepKind.SIGN, Role.LEADER, Decimal("0.15")),
        Step("issue", Words("Vào số, đóng dấu, phát hành", "Number, stamp, issue"), StepKind.ISSUE,
             Role.OFFICER, Decimal("0.05")),
        Step("return", Words("Trả kết quả", "Hand out the result"), StepKind.RETURN, Role.RECEPTION,
             Decimal(0), "commune_centre"),
    ))  # fmt: skip


def generic_template(name: str) -> ResultTemplate:
    """A neutral result paper: `name` is what the record calls the result."""

    def value(vi: str, en: str, source: Source) -> BodyLine:
        return BodyLine(Line.VALUE, Words(vi, en), source)

    return ResultTemplate(
        title=Words(name),
        numbering="{n}/{year}",
        body=(
            value("Người nộp hồ sơ", "Applicant", Source.APPLICANT),
            value("Mã hồ sơ", "Dossier code", Source.DOSSIER_CODE),
            value("Thủ tục", "Procedure", Source.PROCEDURE),
            value("Ngày quyết định", "Decided on", Source.DECIDED_ON),
        ),
    )
