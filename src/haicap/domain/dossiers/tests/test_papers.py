"""What goes out: slips that print again as they were, sheets, receipts, the control slip, the book, message and bundle."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta

import pytest

from haicap.base.refused import Refused
from haicap.domain.deadlines.reckoning import read_limit
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.actions import Handed
from haicap.domain.dossiers.documents import TT03, needs
from haicap.domain.dossiers.models import Dossier, Slip
from haicap.domain.dossiers.queries import exports, handed
from haicap.domain.dossiers.states import FileOrigin, Outcome, State
from haicap.domain.dossiers.tests import make
from haicap.domain.dossiers.tests.make import MORNING, PAID, WEB, at, do
from haicap.kernel.accounts.models import User
from haicap.kernel.ledger.verify import verify

DAY = (read_limit("1", "working_days"),)
EXTENDED = {"parts": DAY, "reason": "Chờ xác minh."}
SLIPS = {
    "01": lambda w: make.received(w, PAID),
    "02": lambda w: make.supplement(w, make.received(w)),
    "03": lambda w: do(actions.refuse, make.filed(w), w.reception, reason="Không thuộc thẩm quyền."),
    "04": lambda w: do(actions.extend, make.taken_up(w), w.officer, **EXTENDED),
    "05": lambda w: do(actions.stop, make.received(w), w.reception, reason="Người nộp đề nghị."),
}


@pytest.mark.parametrize("form", SLIPS)
def test_every_slip_says_what_its_form_needs_and_prints_again_byte_for_byte(w, form) -> None:
    row = SLIPS[form](w)
    slip = Slip.objects.filter(dossier_id=row.id).latest("n")
    assert (slip.form, slip.form_set, slip.n) == (form, TT03, row.version)
    assert needs(form, TT03).needed <= {
        key for key, value in slip.data.items() if value not in ("", None)
    } | {"papers"}
    assert slip.data["tracking_url"].endswith(f"?ma={row.code}")
    first = exports.slip_pdf(slip)
    User.objects.all().update(
        display_name="Tên khác"
    )  # who is called otherwise later does not change the paper
    assert exports.slip_pdf(Slip.objects.get(pk=slip.pk)) == first
    assert first.startswith(b"%PDF")


def test_the_receipt_slip_lists_the_papers_as_they_were_taken(w) -> None:
    parts = (
        Handed("don", originals=2),
        Handed("anh", file=make.stored(w.reception.actor), origin=FileOrigin.SCANNED),
    )
    filing = make.at_counter(w)
    row = actions.take_in(filing=make.replace(filing, components=parts), actor=w.reception.actor, at=MORNING)
    slip = make.whole_of(row).slips[0].data
    assert slip["papers"] == [{"name": "Đơn đề nghị", "originals": 2}, {"name": "Ảnh", "electronic": 1}]
    assert (slip["receiver"], slip["time_limit"], slip["place"]) == ("Giang", "5 ngày làm việc", "Sa Pa")
    assert slip["parent"].startswith("Ủy ban nhân dân")
    online = make.whole_of(do(actions.receive, make.filed(w), w.reception)).slips[0].data
    assert online["papers"] == []


def test_an_erased_slip_cannot_be_printed(w) -> None:
    slip = make.whole_of(make.received(w)).slips[0]
    slip.data = {}
    with pytest.raises(Refused) as refused:
        exports.slip_pdf(slip)
    assert refused.value.code == "erased"


def refusal(verb, *args, **values) -> str:
    with pytest.raises(Refused) as refused:
        verb(*args, **values)
    return refused.value.code


# --- custody --------------------------------------------------------------------------------------------------
def test_papers_go_from_hand_to_hand_and_the_result_comes_back(w) -> None:
    row = make.received(w)
    assert row.papers_at_id == w.centre
    sheet = actions.forward(codes=[row.code], actor=w.reception.actor, at=MORNING)
    assert make.row_of(row).papers_at_id == w.centre  # not before the other side has them
    again = {"codes": [row.code], "actor": w.reception.actor, "at": MORNING}
    assert refusal(actions.forward, **again) == "handed_over"
    assert refusal(actions.take_over, codes=[row.code], actor=w.neighbour.actor, at=MORNING) == "not_found"
    actions.take_over(codes=[row.code], actor=w.officer.actor, at=MORNING + timedelta(hours=1))
    assert make.row_of(row).papers_at_id == w.committee
    assert refusal(actions.take_over, codes=[row.code], actor=w.officer.actor, at=MORNING) == "nothing_open"
    assert refusal(actions.forward, **again, to=w.neighbours_centre) == "papers_elsewhere"
    row = do(actions.take_up, make.row_of(row), w.officer)
    row = do(actions.decide, row, w.leader, outcome=Outcome.GRANTED)
    row = do(actions.finish, row, w.officer, on_paper=True)
    actions.forward(codes=[row.code], actor=w.officer.actor, at=MORNING)
    actions.take_over(codes=[row.code], actor=w.reception.actor, at=MORNING)
    found = make.row_of(row)
    assert (found.state, found.papers_at_id) == (State.DONE, w.centre)
    out = do(actions.hand_out, found, w.reception, receiver="Người được ủy quyền")
    assert (make.row_of(out).papers_at_id, make.row_of(out).collected_by) == (None, "Người được ủy quyền")
    pdf = exports.sheet_pdf(sheet, actor=w.officer.actor, on=MORNING.date())
    assert pdf.startswith(b"%PDF")
    assert refusal(exports.sheet_pdf, sheet, actor=w.stranger.actor, on=MORNING.date()) == "not_found"


def test_the_result_of_a_dossier_filed_online_is_a_paper_of_the_competent_organ_first(w) -> None:
    row = do(actions.receive, make.filed(w), w.reception)
    assert row.papers_at_id is None
    row = do(actions.take_up, row, w.officer)
    row = do(actions.decide, row, w.leader, outcome=Outcome.GRANTED)
    row = do(actions.finish, row, w.officer, on_paper=True)
    assert row.papers_at_id == w.committee


def test_a_sheet_is_all_or_nothing(w) -> None:
    good, bad = make.received(w), make.filed(w)
    codes = [good.code, bad.code]
    assert refusal(actions.forward, codes=codes, actor=w.reception.actor, at=MORNING) == "not_now"
    assert make.row_of(good).version == good.version
    assert refusal(actions.forward, codes=[], actor=w.reception.actor, at=MORNING) == "nothing_chosen"
    nobody = {"codes": [good.code], "to": 99_999_999, "actor": w.reception.actor, "at": MORNING}
    assert refusal(actions.forward, **nobody) == "no_organ"


# --- receipt, control slip, book --------------------------------------------------------------------------------
def test_a_receipt_adds_up(w) -> None:
    row = make.received(w, PAID)
    payment = do(actions.take_payment, row, w.reception, receipt="BL-17")
    pdf = exports.receipt_pdf(payment.public_id, actor=w.reception.actor, on=MORNING.date())
    assert pdf.startswith(b"%PDF")
    assert (
        refusal(exports.receipt_pdf, payment.public_id, actor=w.stranger.actor, on=MORNING.date())
        == "not_found"
    )


def lived(w: make.World):
    """A whole life with a question in between."""
    row = make.supplement(w, make.received(w))
    row = do(actions.supply, row, w.reception, answer="Đã ký.", components=[Handed("don", originals=1)])
    actions.forward(codes=[row.code], actor=w.reception.actor, at=MORNING)
    actions.take_over(codes=[row.code], actor=w.officer.actor, at=MORNING)
    row = do(actions.take_up, make.row_of(row), w.officer)
    row = do(actions.consult, row, w.officer, organ=w.centre, question="Có đúng không?")
    row = do(actions.decide, row, w.leader, outcome=Outcome.GRANTED)
    row = do(actions.sign, row, w.leader)
    return do(actions.hand_out, do(actions.finish, row, w.officer), w.reception)


def test_form_06_tells_the_way_of_a_dossier(w) -> None:
    row = lived(w)
    hops = exports.control_data(make.whole_of(row), MORNING)["hops"]
    told = [hop["note"].split(":")[0] for hop in hops]
    assert told == [
        "Tiếp nhận", "Yêu cầu bổ sung", "Đã bổ sung", "Bàn giao", "Đã nhận bàn giao", "Bước", "Lấy ý kiến", "Quyết định",
        "Xử lý xong", "Trả kết quả",
    ]  # fmt: skip
    assert exports.control_pdf(row.code, actor=w.officer.actor, at=MORNING).startswith(b"%PDF")


def test_form_07_is_the_book_of_a_centre_between_two_days(w) -> None:
    first, second = make.received(w), make.received(w, when=at("2026-11-23 00:00"))
    make.received(w, when=at("2026-11-25 09:00"))
    days = (date(2026, 11, 20), date(2026, 11, 23))
    lines = exports.book(w.centre, *days, actor=w.reception.actor, on=MORNING.date())
    assert [line["code"] for line in lines] == [first.code, second.code]
    assert exports.book_pdf(w.centre, *days, actor=w.reception.actor, at=MORNING).startswith(b"%PDF")
    for stranger in (w.neighbour, w.stranger, w.ministry):
        assert refusal(exports.book, w.centre, *days, actor=stranger.actor, on=MORNING.date()) == "not_found"


# --- message and bundle ---------------------------------------------------------------------------------------
DOSSIER = (
    "MaHoSo MaTTHC TenTTHC MaLinhVuc TenLinhVuc KenhThucHien ChuHoSo LoaiDoiTuong MaDoiTuong ThongTinKhac Email Fax "
    "SoDienThoai TrichYeuHoSo NgayTiepNhan NgayHenTra TrangThaiHoSo NgayTra ThongTinTra HinhThuc NgayKetThucXuLy DonViXuLy "
    "GhiChu DuocThanhToanTrucTuyen HoSoCoThanhPhanSoHoa TaiKhoanDuocXacThucVoiVNeID DonViTinh ThoiGianGiaiQuyet TaiLieuNop "
    "DanhSachLePhi DanhSachTepDinhKemKhac DanhSachHoSoBoSung DanhSachGiayToKetQua"
).split()
SUPPLEMENT = (
    "HoSoBoSungId NguoiYeuCauBoSung NoiDungBoSung NgayBoSung NguoiTiepNhanBoSung ThongTinTiepNhan NgayTiepNhanBoSung "
    "TrangThaiBoSung DanhSachGiayToBoSung DanhSachLePhiBoSung NgayHenTraTruoc NgayHenTraMoi"
).split()
FILE = "TepDinhKemId TenTepDinhKem IsDeleted MaThanhPhanHoSo DuongDanTaiTepTin DuocSoHoa DuocLayTuKhoDMQG MaCSDL".split()
PROGRESS = (
    "MaHoSo NguoiXuLy ChucDanh ThoiDiemXuLy PhongBanXuLy NoiDungXuLy TrangThai NgayBatDau NgayKetThucTheoQuyDinh"
).split()
STATES = [(state, str(int(state))) for state in State]


@pytest.mark.parametrize(("state", "code"), STATES)
def test_every_state_is_synchronised_under_its_code(w, state, code) -> None:
    row = make.in_state(w, state)
    message = handed.sync_message(row.code, actor=w.leader.actor, at=MORNING)["DongBoHoSoMC"]["data"][0]
    assert list(message) == DOSSIER
    assert message["TrangThaiHoSo"] == code
    assert message["MaHoSo"] == row.code


def test_the_message_says_what_happened(w) -> None:
    row = lived(w)
    whole = handed.sync_message(row.code, actor=w.leader.actor, at=MORNING)
    said = whole["DongBoHoSoMC"]["data"][0]
    assert (said["KenhThucHien"], said["LoaiDoiTuong"], said["MaDoiTuong"]) == ("1", "1", make.NUMBER)
    assert (said["NgayTiepNhan"], said["NgayTra"]) == ("20261120090000", "20261120090000")
    assert (said["ThoiGianGiaiQuyet"], said["DonViTinh"]) == ("5", "ngày làm việc")
    asked = said["DanhSachHoSoBoSung"][0]
    assert list(asked) == SUPPLEMENT
    assert (asked["NoiDungBoSung"], asked["TrangThaiBoSung"]) == ("Đơn đề nghị: Thiếu chữ ký.", "1")
    assert [paper["LoaiGiayTo"] for paper in said["DanhSachTepDinhKemKhac"]] == ["1", "1"]
    assert said["DanhSachGiayToKetQua"][0]["TenGiayTo"]
    steps = whole["CapNhatTienDoHoSoMC"]["data"]
    assert all(list(step) == PROGRESS for step in steps)
    assert [step["TrangThai"] for step in steps] == ["2", "5", "2", "2", "2", "4", "4", "4", "9", "10"]
    assert refusal(handed.sync_message, row.code, actor=w.stranger.actor, at=MORNING) == "not_found"


NAMES = [
    "../../etc/passwd",
    "Giấy chứng sinh.pdf",
    "C:\\tmp\\x.PDF",
    "a" * 300 + ".pdf",
    "…",
    "con.\u202etxt",
]


def test_a_bundle_stands_alone(w) -> None:
    actor = w.reception.actor
    parts = tuple(
        Handed("khac", f"Giấy {n}", file=make.stored(actor, name), origin=FileOrigin.SCANNED)
        for n, name in enumerate(NAMES)
    )
    row = actions.take_in(filing=make.replace(make.at_counter(w), components=parts), actor=actor, at=MORNING)
    row = do(actions.take_up, row, w.officer)
    row = do(actions.sign, do(actions.decide, row, w.leader, outcome=Outcome.GRANTED), w.leader)
    pieces = list(handed.bundle(row.code, actor=actor, at=MORNING))
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        ledger = archive.read("ledger.jsonl").decode().splitlines(keepends=True)
        data = json.loads(archive.read("data.json"))
        message = json.loads(archive.read("sync.json"))
        slip = archive.read("phieu/02-mau-01.pdf")
    assert len(names) == len(set(names))
    assert all(name.isascii() and ".." not in name and not name.startswith("/") for name in names)
    assert "giay-to/02-giay-chung-sinh.pdf" in names
    assert [name for name in names if name.startswith("ket-qua/")]
    report = verify(ledger)
    assert report.sound, report.findings
    assert report.events == row.version
    assert not verify(line.replace(row.code, "X00-000000-0000") for line in ledger).sound
    assert data["row"]["applicant_name"] == make.NAME
    assert data["answers"]["request"]["said"] == make.ANSWERS["request"]
    paths = [f["DuongDanTaiTepTin"] for f in message["DongBoHoSoMC"]["data"][0]["TaiLieuNop"]]
    assert set(paths) < set(names)
    assert slip == exports.slip_pdf(make.whole_of(row).slips[0])


def test_a_large_file_is_never_whole_in_memory(w) -> None:
    actor = w.reception.actor
    big = make.stored(actor, "to.pdf", b"%PDF-1.4\n" + b"%" * 4_000_000 + b"\n%%EOF\n")
    filing = make.replace(make.at_counter(w), components=(Handed("khac", "To", file=big),))
    row = actions.take_in(filing=filing, actor=actor, at=MORNING)
    largest = max(len(piece) for piece in handed.bundle(row.code, actor=actor, at=MORNING))
    assert largest < 1_000_000


def test_who_may_not_see_a_dossier_gets_no_bundle(w) -> None:
    row = make.received(w)
    for stranger in (w.neighbour.actor, w.stranger.actor, w.ministry.actor, WEB, ""):
        assert refusal(handed.bundle, row.code, actor=stranger, at=MORNING) == "not_found"
    assert Dossier.objects.count() == 1
    assert queries.tracked(row.code, make.PHONE[-4:]).code == row.code
