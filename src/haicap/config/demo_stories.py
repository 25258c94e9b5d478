"""Chuyện trình diễn: who filed what, how many working days ago, and how far it has come. Nobody is called so.

A step is a verb of `demo_dossiers`, after "@" the days since the step before it.
"""

from __future__ import annotations

from dataclasses import dataclass

from haicap.domain.dossiers.states import Channel

BIRTH, DEATH, MARRIAGE, SINGLE = "1.001193", "1.000656", "1.000894", "1.004873"
EXTRACT, CERTIFIED, BUSINESS, CLOSING = "2.000635", "2.000815", "1.001612", "1.001266"
ALLOWANCE, PENSION, BUILDING, BIRTH_AGAIN = "1.001776", "1.014027", "1.013225", "1.004884"
COUNTER, ONLINE, POST = Channel.DIRECT, Channel.ONLINE, Channel.POST
SAPA, TAPHIN, SAIGON = "03006", "03013", "26740"


@dataclass(frozen=True, slots=True)
class Story:
    """One dossier: `unit` is competent, `desk` the unit at whose centre it was handed in, `by` who filed it."""

    key: str
    procedure: str
    name: str
    ago: int
    steps: tuple[str, ...] = ()
    minute: int = 0
    channel: Channel = COUNTER
    by: str = "giang.sapa"
    unit: str = SAPA
    desk: str = SAPA
    kind: str = "person"
    number: str = ""
    phone: str = ""
    address: str = "Tổ 2, phường Sa Pa, tỉnh Lào Cai"
    reception: str = "giang.sapa"
    worker: str = "huong.sapa"
    leader: str = "khoi.sapa"


UP = ("receive", "forward", "over", "up")
DECIDED = (*UP, "advance", "grant")
DONE = (*DECIDED, "finish")


def _online(key: str, procedure: str, ago: int, *steps: str, minute: int = 0) -> Story:
    return Story(
        key,
        procedure,
        "Hoàng Thị Lan",
        ago,
        steps,
        minute,
        ONLINE,
        "lan",
        number="015190001234",
        phone="0912345670",
    )


def _at_taphin(
    key: str, procedure: str, name: str, ago: int, *steps: str, minute: int = 0, phone: str = ""
) -> Story:
    return Story(
        key, procedure, name, ago, steps, minute, by="nga.taphin", unit=TAPHIN, desk=TAPHIN, phone=phone,
        address="Thôn Sả Séng, xã Tả Phìn, tỉnh Lào Cai", reception="nga.taphin", worker="son.taphin",
        leader="quang.laocai",
    )  # fmt: skip


STORIES = (
    # Online, waiting to be received
    _online("lan-1", BIRTH, 0),
    _online("lan-2", SINGLE, 1, minute=33),
    Story("dang-1", ALLOWANCE, "Thào Thị Mỷ", 0, minute=25, channel=ONLINE, by="web", phone="0987650011"),
    Story("dang-2", BUSINESS, "Hộ kinh doanh Tân Phát", 1, minute=80, channel=ONLINE, by="web", phone="0987650012"),
    Story("dang-3", CLOSING, "Hộ kinh doanh Mây Núi", 2, minute=12, channel=ONLINE, by="web", phone="0987650013"),
    Story("buu-chinh", DEATH, "Lò Văn Páo", 1, minute=95, channel=POST, phone="0987650014"),
    # Received at the counter, to be handed over or on the way
    Story("nhan-1", MARRIAGE, "Vàng A Sình", 0, ("receive",), 15, number="015095001001", phone="0912000001"),
    Story("nhan-2", SINGLE, "Nguyễn Thị Bích Thuận", 1, ("receive",), 20, number="015192001002", phone="0912000002"),
    Story("nhan-3", BUSINESS, "Hộ kinh doanh Thanh Thủy", 1, ("receive",), 45, phone="0912000003"),
    Story("nhan-4", BIRTH_AGAIN, "Trần Đức Lượng", 2, ("receive",), 61, number="015088001003", phone="0912000004"),
    Story("giao-1", SINGLE, "Má A Phềnh", 2, ("receive", "forward"), 30, phone="0912000005"),
    Story("giao-2", ALLOWANCE, "Sùng Thị Dở", 3, ("receive", "forward"), 41, phone="0912000006"),
    Story("giao-3", BIRTH, "Phạm Gia Bảo An", 0, ("receive", "forward"), 5, phone="0912000007"),
    # In hand: calm, due in two days, due today, late
    Story("xu-ly-1", SINGLE, "Lê Quốc Trung", 3, UP, 17, number="015090001010", phone="0912000010"),
    Story("xu-ly-2", SINGLE, "Đinh Thị Ngân Hà", 2, (*UP, "consult"), 29, phone="0912000011"),
    Story("xu-ly-3", SINGLE, "Cư Seo Phừ", 1, UP, 44, phone="0912000012"),
    Story("xu-ly-4", BUSINESS, "Hộ kinh doanh Hương Rừng", 3, (*UP, "advance"), 8, phone="0912000013"),
    Story("xu-ly-5", ALLOWANCE, "Tẩn Láo Lở", 8, UP, 52, phone="0912000014"),
    Story("xu-ly-6", PENSION, "Hạng Thị Chú", 9, (*UP, "advance"), 70, phone="0912000015"),
    Story("xu-ly-7", BIRTH_AGAIN, "Vũ Thị Kim Oanh", 4, UP, 38, phone="0912000016"),
    Story("xu-ly-8", BUILDING, "Đỗ Trọng Nghĩa", 12, UP, 26, phone="0912000017"),
    Story("hom-nay-1", MARRIAGE, "Giàng A Chống", 1, UP, 3, number="015094001020", phone="0912000020"),
    Story("hom-nay-2", BIRTH, "Lù Thị Sao", 1, (*UP, "advance"), 11, phone="0912000021"),
    Story("hom-nay-3", BIRTH_AGAIN, "Ngô Bá Khiêm", 5, (*UP, "advance"), 36, phone="0912000022"),
    Story("tre-1", SINGLE, "Trịnh Hoài Phương", 6, UP, 47, phone="0912000023"),
    Story("tre-2", BUSINESS, "Công ty TNHH Ô Quy Hồ", 9, (*UP, "advance"), 19, kind="organisation", number="5300123456", phone="0912000024"),
    Story("gia-han", BIRTH_AGAIN, "Chảo Mẩy Liều", 6, (*UP, "extend"), 23, phone="0912000025"),
    # Waiting for the applicant
    Story("bo-sung-1", BIRTH, "Nông Thị Thắm", 3, ("receive", "missing"), 28, phone="0912000030"),
    Story("bo-sung-2", BIRTH_AGAIN, "Phùng Văn Sáu", 5, ("receive", "missing@1"), 54, phone="0912000031"),
    Story("bo-sung-3", BIRTH, "Thền A Tráng", 2, ("receive", "missing", "supply@1", "forward"), 32, phone="0912000032"),
    _online("lan-3", BIRTH_AGAIN, 4, "receive", "missing@1", minute=21),
    Story("phi-1", EXTRACT, "Lương Thế Duy", 1, ("receive", "pay"), 66, phone="0912000033"),
    Story("phi-2", CERTIFIED, "Bàn Thị Nhẫn", 0, ("receive", "pay"), 14, phone="0912000034"),
    # Decided: to be signed, to be handed out, ended
    Story("ky-1", SINGLE, "Hoàng Seo Dìn", 2, DECIDED, 7, phone="0912000040"),
    Story("ky-2", ALLOWANCE, "Giàng Thị Pàng", 10, (*UP, "advance", "deny"), 9, phone="0912000041"),
    Story("tra-1", MARRIAGE, "Đào Xuân Lộc", 3, DONE, 6, phone="0912000042"),
    Story("tra-2", BIRTH, "Lý Phù Chiêm", 2, DONE, 13, phone="0912000043"),
    _online("lan-4", SINGLE, 6, *DONE, minute=18),
    Story("xong-1", CERTIFIED, "Nguyễn Hữu Tài", 4, (*DONE, "out"), 2, phone="0912000050"),
    Story("xong-2", BIRTH, "Sần Cháng", 5, (*DONE, "out@1"), 10, phone="0912000051"),
    Story("xong-3", MARRIAGE, "Lồ Phà Sinh", 4, (*UP, "advance@4", "grant", "finish", "out"), 4, phone="0912000052"),
    Story("tu-choi", CLOSING, "Hộ kinh doanh Bản Mây", 3, ("receive", "refuse"), 57, phone="0912000053"),
    Story("dung", SINGLE, "Ma Thị Dín", 4, (*UP, "stop"), 16, phone="0912000054"),
    Story("rut", BUSINESS, "Hộ kinh doanh Suối Hồ", 4, ("receive", "withdraw@1"), 22, phone="0912000055"),
    # Elsewhere: the neighbour, one handed in at Sa Pa for the neighbour, another province
    _at_taphin("tp-1", SINGLE, "Phàn Tả Mẩy", 2, *UP, minute=24, phone="0912000060"),
    _at_taphin("tp-2", BIRTH, "Lý Láo Tả", 0, "receive", minute=27, phone="0912000061"),
    _at_taphin("tp-3", BUSINESS, "Hợp tác xã Thuốc tắm Dao đỏ", 5, *UP, minute=31, phone="0912000062"),
    Story("lien-xa", SINGLE, "Chẻo Sử Mẩy", 1, ("receive",), 58, unit=TAPHIN, phone="0912000063",
          address="Thôn Tả Chải, xã Tả Phìn, tỉnh Lào Cai"),
    Story("sg-1", MARRIAGE, "Huỳnh Kim Yến", 0, ("receive",), 40, by="thao.saigon", unit=SAIGON, desk=SAIGON,
          phone="0912000070", address="Phường Sài Gòn, Thành phố Hồ Chí Minh", reception="thao.saigon"),
    Story("cuoi", EXTRACT, "Lâm Thị Ánh Tuyết", 0, ("receive",), 48, phone="0912000080"),
)  # fmt: skip
