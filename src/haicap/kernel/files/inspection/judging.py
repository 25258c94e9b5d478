"""Giấy tờ được nhận: which kinds, what is looked for in each, and what to do about a file that is not fit. Pure but for reading it.

A careful look, no proof: files are also served in a sandbox, never sniffed and scanned for malware where a scanner is wired.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.files import media
from haicap.kernel.files.inspection import office, pdf, pictures
from haicap.kernel.files.states import Finding

# What every office can open and a browser or a plain viewer can show. HEIC and TIFF are not: phones and scanners can
# write JPEG and PDF instead.
ACCEPTED: Mapping[str, Callable[[Path], Finding]] = {
    media.PDF: pdf.look,
    "image/jpeg": pictures.look,
    "image/png": pictures.look,
    "image/webp": pictures.look,
    media.DOCX: office.look,
    media.XLSX: office.look,
    media.ODT: office.look,
    media.ODS: office.look,
}
ENDINGS = (".pdf", ".jpg", ".jpeg", ".png", ".webp", ".docx", ".xlsx", ".odt", ".ods")  # for file choosers
_OTHERS: Mapping[str, Finding] = {
    "image/heic": Finding.HEIC,
    "application/x-ole-storage": Finding.OLD_OFFICE,
    media.MACROS: Finding.MACROS,
    media.ZIP: Finding.PACKED,
    "application/gzip": Finding.PACKED,
    "application/x-7z-compressed": Finding.PACKED,
    "application/vnd.rar": Finding.PACKED,
}
_SENTENCES: Mapping[Finding, str] = {
    Finding.KIND: gettext_noop(
        "Tệp này không thuộc loại giấy tờ được nhận. Hãy nộp tệp PDF, ảnh JPEG, PNG, WebP, "
        "hoặc tệp DOCX, XLSX, ODT, ODS."
    ),
    Finding.HEIC: gettext_noop(
        "Ảnh HEIC nhiều máy ở cơ quan không xem được. Hãy chọn chế độ chụp “Tương thích nhất” (JPEG) rồi chụp lại, "
        "hoặc chuyển ảnh sang JPEG hay PDF."
    ),
    Finding.OLD_OFFICE: gettext_noop(
        "Tệp Word, Excel kiểu cũ hoặc đặt mật khẩu không được nhận. Hãy lưu lại thành PDF, hoặc DOCX, XLSX "
        "không đặt mật khẩu."
    ),
    Finding.PACKED: gettext_noop("Tệp nén không được nhận. Hãy giải nén rồi nộp từng giấy tờ."),
    Finding.MACROS: gettext_noop(
        "Tệp có macro (chương trình chạy kèm theo). Hãy lưu lại thành PDF, hoặc DOCX, XLSX không có macro."
    ),
    Finding.ACTIVE: gettext_noop(
        "Tệp PDF có mã lệnh, lệnh mở chương trình hoặc tệp nhúng bên trong. Hãy in lại thành PDF rồi nộp."
    ),
    Finding.LINKED: gettext_noop(
        "Tệp có nội dung nhúng hoặc lấy từ nơi khác. Hãy lưu lại thành PDF rồi nộp."
    ),
    Finding.LOCKED: gettext_noop(
        "Tệp đặt mật khẩu nên cán bộ không mở được. Hãy bỏ mật khẩu, hoặc in lại thành PDF rồi nộp."
    ),
    Finding.TWO_KINDS: gettext_noop(
        "Tệp chứa thêm một tệp loại khác giấu bên trong. Hãy chụp, quét hoặc in lại thành PDF rồi nộp."
    ),
    Finding.TOO_MANY_PIXELS: gettext_noop(
        "Ảnh có quá nhiều điểm ảnh nên không mở an toàn được. Hãy thu nhỏ hoặc chụp lại ở độ phân giải thường."
    ),
    Finding.TOO_LARGE_INSIDE: gettext_noop(
        "Nội dung bên trong tệp bung ra quá lớn. Hãy giảm độ phân giải, hoặc in lại thành PDF rồi nộp."
    ),
    Finding.DAMAGED: gettext_noop(
        "Tệp bị hỏng hoặc thiếu phần cuối, không mở được. Hãy chụp, quét hoặc lưu lại rồi nộp."
    ),
}


def look(path: Path, kind: str) -> Finding:
    """What a file of this media type (of its content, `media.of`) holds that an office cannot take; FIT when nothing."""
    judge = ACCEPTED.get(kind)
    if judge is not None:
        return judge(path)
    if kind in _OTHERS:
        return _OTHERS[kind]
    return Finding.MACROS if "macro" in kind.lower() else Finding.KIND


def documents_only(finding: Finding) -> None:
    """Refused `file_<finding>` with what to do about it, unless the file is fit."""
    if finding is not Finding.FIT:
        raise Refused(f"file_{finding}", _SENTENCES[finding])
