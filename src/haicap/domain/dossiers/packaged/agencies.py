"""Mã định danh đóng gói: identifiers of provinces as commonly known, and ours below them until theirs are known. Pure.

QĐ 20/2020/QĐ-TTg gives each province a code of level 1 under the letter H; the annex was not read here, the list is the
63 provinces of 2020 in alphabetical order, of which H05, H42 and H61 were met in published decisions. A province of 2025
keeps the code of the one whose name it bears (seen in those three). Identifiers of communes are given by each province;
until they are entered the code of the unit stands in their place. All of it is unconfirmed and correctable.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from haicap.base.dates import today
from haicap.base.text import fold
from haicap.domain.units.timeline import Register

SOURCE = "QĐ 20/2020/QĐ-TTg theo hiểu biết chung; phụ lục chưa được đọc; mã cấp xã là mã đơn vị hành chính tạm dùng"
_PROVINCES_OF_2020 = (
    "An Giang,Bắc Giang,Bắc Kạn,Bạc Liêu,Bắc Ninh,Bà Rịa - Vũng Tàu,Bến Tre,Bình Định,Bình Dương,Bình Phước,Bình Thuận,"
    "Cà Mau,Cần Thơ,Cao Bằng,Đắk Lắk,Đắk Nông,Đà Nẵng,Điện Biên,Đồng Nai,Đồng Tháp,Gia Lai,Hà Giang,Hải Dương,Hải Phòng,"
    "Hà Nam,Hà Nội,Hà Tĩnh,Hòa Bình,Hồ Chí Minh,Hậu Giang,Hưng Yên,Khánh Hòa,Kiên Giang,Kon Tum,Lai Châu,Lâm Đồng,"
    "Lạng Sơn,Lào Cai,Long An,Nam Định,Nghệ An,Ninh Bình,Ninh Thuận,Phú Thọ,Phú Yên,Quảng Bình,Quảng Nam,Quảng Ngãi,"
    "Quảng Ninh,Quảng Trị,Sóc Trăng,Sơn La,Tây Ninh,Thái Bình,Thái Nguyên,Thanh Hóa,Huế,Tiền Giang,Trà Vinh,Tuyên Quang,"
    "Vĩnh Long,Vĩnh Phúc,Yên Bái"
).split(",")
CODES: Mapping[str, str] = {fold(name): f"H{n:02}" for n, name in enumerate(_PROVINCES_OF_2020, 1)}


def identifiers(register: Register, at: datetime) -> dict[str, str]:
    """Identifier by unit (uid) for every province and commune of the day whose province is in the list."""
    on, found = today(at), {}
    for province in register.provinces(on):
        code = CODES.get(fold(province.short_name))
        if code is None:
            continue
        found[province.uid] = code
        for unit in register.children(province.uid, on, "commune"):
            found[unit.uid] = f"{code}.{unit.code}"
    return found
