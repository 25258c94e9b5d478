"""Văn bản và thẩm quyền trình diễn: problems, survey answers, decisions and one deed, made by walking the verbs.

Fictional and said to be so. All or none, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from haicap.base.dates import today
from haicap.config import demo
from haicap.domain.law import actions as law
from haicap.domain.law import queries as documents
from haicap.domain.law.formats.rows import DocumentRow, ProvisionRow, Tables
from haicap.domain.law.states import DocumentKind, Evidence, ProblemKind
from haicap.domain.powers import actions as powers
from haicap.domain.powers import queries as register
from haicap.domain.powers.formats.rows import AssertionLine
from haicap.domain.powers.states import Addressee, CaseState, Difficulty, Level, Mode, Role, Survey
from haicap.domain.units import queries as units
from haicap.kernel.accounts import queries as accounts

ROUND = "137/CV-BCĐ"
DEED, SOURCE = "18/QĐ-UBND", "dữ liệu trình diễn"
SA_PA, TA_PHIN = "03006", "03013"
ANSWERS = (
    ("dung.sapa", "dat-dai.thu-hoi", Survey.DIFFICULT, (Difficulty.STAFF, Difficulty.EXPERTISE),
     "Phường có một công chức địa chính cho toàn bộ hồ sơ thu hồi đất.",
     "Đề nghị hướng dẫn việc thuê tư vấn và tập huấn định giá đất.", Addressee.MINISTER),
    ("dung.sapa", "xay-dung.giay-phep", Survey.DIFFICULT, (Difficulty.UNDERSTANDING,),
     "Chưa rõ phường cấp giấy phép đến loại công trình nào.", "", Addressee.NONE),
    ("dung.sapa", "dat-dai.thong-bao-thu-hoi", Survey.CAN, (), "", "", Addressee.NONE),
    ("son.taphin", "dat-dai.thu-hoi", Survey.CANNOT, (Difficulty.STAFF,),
     "Xã chưa có công chức chuyên môn đất đai.", "", Addressee.NONE),
)  # fmt: skip
PROBLEMS = (
    ("huong.sapa", "140/2025/NĐ-CP", "art_4__para_1", ProblemKind.UNCLEAR,
     "Khoản này giao cấp xã cả giấy phép trước đây do cấp tỉnh cấp hay chỉ phần của cấp huyện?", ""),
    ("huong.sapa", "120/2025/NĐ-CP", "art_4", ProblemKind.MISSING,
     "Người không thường trú chọn nơi đăng ký thì xã nơi nhận có phải hỏi lại xã nơi thường trú không?",
     "Nơi tiếp nhận tra cứu trên cơ sở dữ liệu hộ tịch điện tử; chỉ hỏi lại khi không có dữ liệu."),
)  # fmt: skip


def load(at: datetime) -> int:
    """Make them unless they are there; how many acts. An errand: it waits for powers, findings and the cast."""
    if settings.PRODUCTION or not register.loaded() or register.checked_at() is None:
        return 0
    if documents.problems():
        return 0
    people = {person.name: accounts.user_named(person.name) for person in demo.CAST}
    actors = {name: user.actor for name, user in people.items() if user is not None}
    if len(actors) < len(demo.CAST):
        return 0
    with transaction.atomic():
        return _problems(actors, at) + _survey(actors, at) + _decisions(actors, at) + _deed(actors, at)


def _problems(actors: Mapping[str, str], at: datetime) -> int:
    for n, (who, number, path, kind, question, answer) in enumerate(PROBLEMS):
        slug = documents.corpus().numbered(number)[0].slug
        begun = at - timedelta(days=9 - n)
        row = law.report_problem(
            slug=slug, path=path, kind=kind, question=question, actor=actors[who], at=begun
        )
        if answer:
            law.answer_problem(
                code=row.code, answer=answer, seen=row.version, actor=actors["uyen.btp"], at=at - timedelta(days=2)
            )  # fmt: skip
    return len(PROBLEMS)


def _survey(actors: Mapping[str, str], at: datetime) -> int:
    known = {code: units.register().at(code, today(at)) for code in (SA_PA, TA_PHIN)}
    for who, power, answer, difficulties, words, proposal, addressee in ANSWERS:
        unit = known[SA_PA if who.endswith("sapa") else TA_PHIN]
        if unit is not None and power in register.register().powers:
            powers.answer_survey(
                round_=ROUND, power=power, unit=unit.uid, answer=answer, difficulties=difficulties, words=words,
                proposal=proposal, addressee=addressee, seen=0, actor=actors[who], at=at - timedelta(days=5),
            )  # fmt: skip
    return len(ANSWERS)


def _decisions(actors: Mapping[str, str], at: datetime) -> int:
    decided = 0
    for kind, state, words in (
        ("overlap", CaseState.ANSWERED, "Hiểu theo công văn hướng dẫn cho đến khi Nghị định được sửa (trình diễn)."),
        ("cliff", CaseState.TO_BE_AMENDED, "Bộ chủ quản đưa vào dự án luật trình năm 2026 (trình diễn)."),
    ):  # fmt: skip
        case = register.cases(kind=kind).first()
        if case is not None:
            powers.decide_case(
                pk=case.pk, state=state, decision=words, seen=case.version, actor=actors["binh.bnv"], at=at
            )
            decided += 1
    return decided


def _deed(actors: Mapping[str, str], at: datetime) -> int:
    """A ward's chairman authorises a head of office, without a last day: a fault the board shows."""
    ward = units.register().at(SA_PA, today(at))
    above = next(
        (a for a in register.register().of("dat-dai.thong-bao-thu-hoi") if a.organ == "commune_chairman"),
        None,
    )
    if ward is None or above is None:
        return 0
    since = today(at) - timedelta(days=30)
    law.enter(
        tables=Tables(
            documents=(
                DocumentRow(
                    DEED, f"ubnd:{ward.uid}", since, DocumentKind.COMMITTEE_DECISION,
                    "Văn bản trình diễn, không có thật: ủy quyền ký thông báo thu hồi đất", effective_on=since,
                    territory=ward.uid, evidence=Evidence.UNCONFIRMED, source=SOURCE,
                ),
            ),
            provisions=(ProvisionRow(f"{DEED} | ubnd:{ward.uid} | {since}", "art_1", evidence=Evidence.UNCONFIRMED, source=SOURCE),),
        ),
        source=SOURCE, actor=actors["dung.sapa"], at=at - timedelta(days=29),
    )  # fmt: skip
    documents.corpus.forget()
    powers.enter(
        powers=(),
        assertions=(
            AssertionLine(
                power=above.power, role=Role.DECIDE, organ="commune_economy", level=Level.COMMUNE, unit=ward.uid,
                since=since, mode=Mode.AUTHORISATION, parent=above.code,
                document=f"{DEED} | ubnd:{ward.uid} | {since}", place="art_1", evidence=Evidence.UNCONFIRMED,
                source=SOURCE, note="Trình diễn: không ghi ngày kết thúc.",
            ),
        ),
        source=SOURCE, actor=actors["dung.sapa"], at=at - timedelta(days=28),
    )  # fmt: skip
    return 2
