"""Thông điệp đồng bộ hồ sơ: the fields of DongBoHoSoMC and CapNhatTienDoHoSoMC under their exact names. Pure.

The names are those of the contract that provincial systems have spoken since 2020, as far as public code shows it, with
the flags of the index document of QĐ 766/QĐ-TTg. TT 4/2025 redefines the data set from 25/01/2026 and its annex was not
read: unconfirmed. Instants are written yyyyMMddHHmmss in the time of Viet Nam, as that contract is commonly implemented.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from haicap.base.dates import HANOI

EVIDENCE = "unconfirmed"


def instant(at: datetime | None) -> str:
    """ "20261120093000"; empty for none."""
    return f"{at.astimezone(HANOI):%Y%m%d%H%M%S}" if at else ""


@dataclass(frozen=True, slots=True)
class SyncFile:
    """TaiLieuNop: a file among the components."""

    id: str
    name: str
    paper: str
    path: str
    digitised: bool
    from_store: bool
    database: str = ""  # MaCSDL: code of the database the data came from

    def written(self) -> dict[str, Any]:
        """Under the names of the contract."""
        return {
            "TepDinhKemId": self.id,
            "TenTepDinhKem": self.name,
            "IsDeleted": "False",
            "MaThanhPhanHoSo": self.paper,
            "DuongDanTaiTepTin": self.path,
            "DuocSoHoa": str(int(self.digitised)),
            "DuocLayTuKhoDMQG": str(int(self.from_store)),
            "MaCSDL": self.database,
        }


@dataclass(frozen=True, slots=True)
class SyncPaper:
    """DanhSachTepDinhKemKhac: a paper without a file."""

    name: str
    count: int
    kind: str  # 1 original, 2 copy

    def written(self) -> dict[str, Any]:
        """Under the names of the contract."""
        return {"TenGiayTo": self.name, "SoLuong": str(self.count), "LoaiGiayTo": self.kind}


@dataclass(frozen=True, slots=True)
class SyncCharge:
    """DanhSachLePhi. way: 1 online, 2 at the counter; kind: 1 fee (phí), 2 charge (lệ phí)."""

    name: str
    key: str
    amount: int
    way: str
    kind: str

    def written(self) -> dict[str, Any]:
        """Under the names of the contract."""
        return {
            "TenPhiLePhi": self.name,
            "MaPhiLePhi": self.key,
            "HinhThucThu": self.way,
            "Gia": str(self.amount),
            "LoaiPhiLePhi": self.kind,
        }


@dataclass(frozen=True, slots=True)
class SyncSupplement:
    """DanhSachHoSoBoSung."""

    id: str
    asked_by: str
    what: str
    asked_at: datetime
    taken_by: str
    answer: str
    supplied_at: datetime | None
    due_before: datetime | None
    due_after: datetime | None
    files: Sequence[SyncFile] = ()

    def written(self) -> dict[str, Any]:
        """Under the names of the contract."""
        return {
            "HoSoBoSungId": self.id,
            "NguoiYeuCauBoSung": self.asked_by,
            "NoiDungBoSung": self.what,
            "NgayBoSung": instant(self.asked_at),
            "NguoiTiepNhanBoSung": self.taken_by,
            "ThongTinTiepNhan": self.answer,
            "NgayTiepNhanBoSung": instant(self.supplied_at),
            "TrangThaiBoSung": str(int(self.supplied_at is not None)),
            "DanhSachGiayToBoSung": [file.written() for file in self.files],
            "DanhSachLePhiBoSung": [],
            "NgayHenTraTruoc": instant(self.due_before),
            "NgayHenTraMoi": instant(self.due_after),
        }


@dataclass(frozen=True, slots=True)
class SyncResult:
    """DanhSachGiayToKetQua."""

    name: str
    paper: str
    id: str
    path: str
    key: str

    def written(self) -> dict[str, Any]:
        """Under the names of the contract."""
        return {
            "TenGiayTo": self.name,
            "MaThanhPhanHoSo": self.paper,
            "GiayToId": self.id,
            "DuongDanTepTinKetQua": self.path,
            "MaKetQua": self.key,
        }


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """CapNhatTienDoHoSoMC: one act of work."""

    code: str
    officer: str
    title: str
    at: datetime
    organ: str
    what: str
    state: int
    since: datetime | None
    due_at: datetime | None

    def written(self) -> dict[str, Any]:
        """Under the names of the contract."""
        return {
            "MaHoSo": self.code,
            "NguoiXuLy": self.officer,
            "ChucDanh": self.title,
            "ThoiDiemXuLy": instant(self.at),
            "PhongBanXuLy": self.organ,
            "NoiDungXuLy": self.what,
            "TrangThai": str(self.state),
            "NgayBatDau": instant(self.since),
            "NgayKetThucTheoQuyDinh": instant(self.due_at),
        }


@dataclass(frozen=True, slots=True)
class SyncDossier:
    """DongBoHoSoMC.

    subject   LoaiDoiTuong: 1 person, 2 business
    postal    HinhThuc: 1 when the result goes by public post
    payment   DuocThanhToanTrucTuyen: 1 on the national portal, 2 through a gateway of ministry or province, 0 not online
    limit     ThoiGianGiaiQuyet with its unit (DonViTinh), as published
    """

    code: str
    procedure: str
    procedure_name: str
    field_code: str
    field_name: str
    channel: int
    applicant: str
    subject: str
    subject_id: str
    more: str
    email: str
    phone: str
    summary: str
    received_at: datetime | None
    due_at: datetime | None
    state: int
    returned_at: datetime | None
    returned_how: str
    postal: bool
    finished_at: datetime | None
    organ: str
    note: str
    payment: int
    digitised: bool
    vneid: bool
    limit: str
    limit_unit: str
    updating: bool = False
    fax: str = ""
    files: Sequence[SyncFile] = ()
    papers: Sequence[SyncPaper] = ()
    charges: Sequence[SyncCharge] = ()
    supplements: Sequence[SyncSupplement] = ()
    results: Sequence[SyncResult] = ()
    progress: Sequence[SyncProgress] = field(default_factory=tuple)

    def written(self) -> dict[str, Any]:
        """Both messages, under the names of the contract."""
        return {
            "evidence": EVIDENCE,
            "DongBoHoSoMC": {
                "isUpdating": "True" if self.updating else "False",
                "data": [{**self._facts(), **self._flags(), **self._lists()}],
            },
            "CapNhatTienDoHoSoMC": {"data": [each.written() for each in self.progress]},
        }

    def _facts(self) -> dict[str, Any]:
        return {
            "MaHoSo": self.code,
            "MaTTHC": self.procedure,
            "TenTTHC": self.procedure_name,
            "MaLinhVuc": self.field_code,
            "TenLinhVuc": self.field_name,
            "KenhThucHien": str(self.channel),
            "ChuHoSo": self.applicant,
            "LoaiDoiTuong": self.subject,
            "MaDoiTuong": self.subject_id,
            "ThongTinKhac": self.more,
            "Email": self.email,
            "Fax": self.fax,
            "SoDienThoai": self.phone,
            "TrichYeuHoSo": self.summary,
            "NgayTiepNhan": instant(self.received_at),
            "NgayHenTra": instant(self.due_at),
            "TrangThaiHoSo": str(self.state),
            "NgayTra": instant(self.returned_at),
            "ThongTinTra": self.returned_how,
            "HinhThuc": str(int(self.postal)),
            "NgayKetThucXuLy": instant(self.finished_at),
            "DonViXuLy": self.organ,
            "GhiChu": self.note,
        }

    def _flags(self) -> dict[str, Any]:
        return {
            "DuocThanhToanTrucTuyen": str(self.payment),
            "HoSoCoThanhPhanSoHoa": str(int(self.digitised)),
            "TaiKhoanDuocXacThucVoiVNeID": str(int(self.vneid)),
            "DonViTinh": self.limit_unit,
            "ThoiGianGiaiQuyet": self.limit,
        }

    def _lists(self) -> dict[str, Any]:
        return {
            "TaiLieuNop": [each.written() for each in self.files],
            "DanhSachLePhi": [each.written() for each in self.charges],
            "DanhSachTepDinhKemKhac": [each.written() for each in self.papers],
            "DanhSachHoSoBoSung": [each.written() for each in self.supplements],
            "DanhSachGiayToKetQua": [each.written() for each in self.results],
        }
