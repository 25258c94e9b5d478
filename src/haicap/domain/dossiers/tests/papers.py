"""Dữ liệu mẫu: what the fictional centre fills into every paper; whole, as JSON would keep it."""

from __future__ import annotations

from typing import Any

from haicap.domain.dossiers.documents import OURS, TT03

CENTRE = "Trung tâm Phục vụ hành chính công phường Ba Đình"
HEAD: dict[str, Any] = {
    "agency": CENTRE,
    "parent": "Ủy ban nhân dân phường Ba Đình",
    "place": "Ba Đình",
    "issued_at": "2026-11-20T09:32:00+07:00",
}
SLIP = {**HEAD, "number": "0127/TNHS", "agency_id": "H26.15.3"}
WHO = {
    "code": "H26.15.3-261120-0127",
    "applicant": "Nguyễn Thị Hồng Hạnh",
    "address": "Số 12, ngõ 34 phố Đội Cấn, phường Ba Đình, thành phố Hà Nội",
    "procedure": "Đăng ký khai sinh",
}
REACH = {"phone": "0912 345 678", "email": "hanh@example.vn"}
RECEIVED, PROMISED, LATER = (
    "2026-11-20T09:30:00+07:00",
    "2026-11-25T17:00:00+07:00",
    "2026-12-02T17:00:00+07:00",
)
SIGNER = {"signer": "Phạm Quốc Bảo", "signer_title": "KT. Chủ tịch\nPhó Chủ tịch"}

PAPERS: dict[tuple[str, str], dict[str, Any]] = {
    (TT03, "01"): {
        **SLIP, **WHO, **REACH,
        "papers": [
            {"name": "Tờ khai đăng ký khai sinh", "originals": 1},
            {"name": "Giấy chứng sinh", "originals": 1, "electronic": 1},
        ],
        "sets": 1, "fee": 0, "time_limit": "trong ngày", "received_at": RECEIVED, "promised_at": PROMISED,
        "return_way": "Nhận trực tiếp", "submitter": "Nguyễn Thị Hồng Hạnh", "receiver": "Trần Văn Minh",
    },
    (TT03, "02"): {
        **SLIP, **WHO, **REACH, "received_at": RECEIVED,
        "wanted": [{"what": "Giấy chứng sinh, bản chính", "why": "Bản nộp là bản chụp."}],
        "contact": "bà Lê Thu Trang", "contact_phone": "024 3333 4444", "signer": "Lê Thu Trang", "until": LATER,
    },
    (TT03, "03"): {
        **SLIP, **WHO, **REACH, **SIGNER,
        "reasons": ["Việc khai sinh đã được đăng ký ngày 12/03/2026."],
        "ground": "Luật Hộ tịch số 60/2014/QH13, điều 15",
    },
    (TT03, "04"): {
        **SLIP, **WHO, **SIGNER, "received_at": RECEIVED, "promised_at": PROMISED, "new_promised_at": LATER,
        "receiving_agency": CENTRE, "reasons": ["Chưa có văn bản trả lời của nơi thường trú trước đây."],
    },
    (TT03, "05"): {
        **SLIP, **WHO, "received_at": RECEIVED, "stopped_at": PROMISED,
        "reasons": ["Người nộp đề nghị dừng."], "signer": "Trần Văn Minh",
    },
    (TT03, "06"): {
        **SLIP, "code": WHO["code"], "applicant": WHO["applicant"], "procedure": WHO["procedure"],
        "competent": "Ủy ban nhân dân phường Ba Đình", "received_at": RECEIVED, "promised_at": PROMISED,
        "hops": [{"from": "Trần Văn Minh", "to": "Lê Thu Trang", "at": RECEIVED, "state": "Trước hạn"}],
    },
    (TT03, "07"): {
        **HEAD, "from": "2026-11-01", "to": "2026-11-20",
        "rows": [
            {
                "code": WHO["code"], "applicant": WHO["applicant"], "sets": 1,
                "contact": "12 ngõ 34 Đội Cấn\n0912 345 678", "competent": "UBND phường Ba Đình",
                "received_at": RECEIVED, "promised_at": PROMISED,
            }
        ],
    },
    (OURS, "handover"): {
        **HEAD, "number": "BG-0031", "from": CENTRE, "to": "Sở Tư pháp thành phố Hà Nội", "handed_at": RECEIVED,
        "giver": "Trần Văn Minh", "taker": "",
        "rows": [
            {"code": WHO["code"], "applicant": WHO["applicant"], "procedure": WHO["procedure"], "papers": "2 bản chính"}
        ],
    },
    (OURS, "receipt"): {
        **HEAD, "number": "BN-000231", "payer": WHO["applicant"], "code": WHO["code"],
        "procedure": "Chứng thực bản sao từ bản chính",
        "lines": [{"name": "Phí chứng thực", "quantity": 3, "amount": 21_000}, {"name": "Trích lục", "amount": 16_005}],
        "total": 37_005, "way": "Tiền mặt", "paid_at": RECEIVED, "collector": "Trần Văn Minh",
    },
}  # fmt: skip


def paper(number: str, form_set: str = TT03, **changes: Any) -> dict[str, Any]:
    """Data of a form, with changes; a change to None takes the key away."""
    data = {**PAPERS[form_set, number], **changes}
    return {key: value for key, value in data.items() if value is not None}
