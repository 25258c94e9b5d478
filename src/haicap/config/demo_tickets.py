"""Chuyện phản ánh trình diễn: who told what, how many working days ago, and how far it has come. Nobody is called so.

A step is a verb of `demo_feedback`, after "@" the days since the step before it. Answers are told by their key.
"""

from __future__ import annotations

from dataclasses import dataclass

from haicap.domain.feedback.states import Channel, Kind

SAPA, TAPHIN, LAOCAI, SAIGON = "03006", "03013", "15", "26740"
BIRTH, MARRIAGE, BUSINESS, PENSION = "1.001193", "1.000894", "1.001612", "1.014027"
PHONE, PORTAL, DESK, MAIL = Channel.PHONE, Channel.PORTAL, Channel.DESK, Channel.MAIL


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: what the sender receives, the public question and text, number and place of a document."""

    text: str
    question: str = ""
    public: str = ""
    document: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket: worker and leader are those of the organ it goes to; `by` who wrote it down or sent it."""

    key: str
    kind: Kind
    text: str
    ago: int
    steps: tuple[str, ...] = ()
    name: str = ""
    phone: str = ""
    unit: str = SAPA
    channel: Channel = PORTAL
    by: str = ""
    procedure: str = ""
    document: str = ""
    path: str = ""
    system: str = ""
    minute: int = 0
    answer: str = ""
    worker: str = "huong.sapa"
    leader: str = "khoi.sapa"


ANSWERS = {
    "qua-han": Said(
        "Hồ sơ của ông (bà) đã có kết quả sáng nay. Chúng tôi xin lỗi vì trả chậm; cán bộ phụ trách đã được nhắc nhở.",
        "Hồ sơ quá ngày hẹn mà chưa có kết quả thì hỏi ở đâu?",
        "Quá ngày hẹn, nơi tiếp nhận phải có phiếu xin lỗi và hẹn lại ngày trả. Người nộp tra cứu bằng mã hồ sơ, hoặc gọi đường dây nóng của tỉnh.",
    ),
    "ban-sao": Said(
        "Ông (bà) không phải nộp thêm bản sao có chứng thực khi đã xuất trình bản chính để đối chiếu.",
        "Nộp hồ sơ trực tiếp có phải mang bản sao có chứng thực không?",
        "Người nộp xuất trình bản chính để nơi tiếp nhận đối chiếu, hoặc nộp bản sao có chứng thực; không phải có cả hai.",
    ),
    "gio-mo-cua": Said(
        "Trung tâm Phục vụ hành chính công phường mở cửa cả sáng thứ Bảy; giờ mở cửa được niêm yết và có trên cổng.",
        "Trung tâm Phục vụ hành chính công phường mở cửa những giờ nào?",
        "Giờ hành chính các ngày làm việc; giờ riêng của từng trung tâm được ghi ở trang của trung tâm.",
    ),
    "dia-chi-cu": Said(
        "Giấy tờ ghi địa chỉ cũ vẫn dùng được, ông (bà) không bắt buộc đổi ngay.",
        "Sau sắp xếp, giấy tờ ghi địa chỉ cũ có phải đổi không?",
        "Giấy tờ đã cấp trước khi sắp xếp tiếp tục được dùng đến hết thời hạn ghi trên giấy, nếu chưa phải đổi theo quy định.",
    ),
    "thai-do": Said("Lãnh đạo Văn phòng đã làm việc với người liên quan và yêu cầu xin lỗi ông (bà)."),
    "ho-tich": Said(
        "Nơi tiếp nhận tự tra cứu trên cơ sở dữ liệu hộ tịch điện tử; chỉ hỏi lại nơi thường trú khi không có dữ liệu.",
        "Người không thường trú đăng ký hộ tịch thì nơi nhận có phải hỏi lại nơi thường trú không?",
        "Nơi tiếp nhận tra cứu trên cơ sở dữ liệu hộ tịch điện tử; chỉ hỏi lại khi không có dữ liệu.",
        "120/2025/NĐ-CP",
        "art_4",
    ),
}  # fmt: skip

ACCEPTED = ("accept",)
DRAFTED = ("accept", "draft@1")
SUBMITTED = (*DRAFTED, "submit")
APPROVED = (*SUBMITTED, "approve@1")
DONE = (*APPROVED, "publish")


def _call(
    key: str, text: str, ago: int, *steps: str, phone: str, minute: int = 0, answer: str = ""
) -> Ticket:
    """A call to the hotline, written down at the counter of Sa Pa."""
    return Ticket(
        key, Kind.PROCEDURE, text, ago, steps, "Người gọi không xưng tên", phone, SAPA, PHONE, "giang.sapa",
        minute=minute, answer=answer,
    )  # fmt: skip


def _province(
    key: str,
    kind: Kind,
    text: str,
    ago: int,
    *steps: str,
    name: str,
    phone: str,
    unit: str = SAPA,
    answer: str = "",
) -> Ticket:
    return Ticket(
        key, kind, text, ago, steps, name, phone, unit, worker="vinh.laocai", leader="yen.laocai", answer=answer,
        minute=ago * 7,
    )  # fmt: skip


def _asked(
    key: str, text: str, ago: int, *steps: str, document: str, path: str = "", answer: str = ""
) -> Ticket:
    """A ward asks about a rule."""
    return Ticket(
        key, Kind.LOCALITY, text, ago, steps, "Phường Sa Pa", "0214387100", SAPA, DESK, "huong.sapa",
        document=document, path=path, worker="tuan.btp", leader="uyen.btp", answer=answer, minute=ago * 5,
    )  # fmt: skip


TICKETS = (
    # New
    Ticket("moi-1", Kind.PROCEDURE, "Tôi nộp hồ sơ khai sinh cho con trên mạng ba hôm nay chưa thấy ai báo nhận.", 0, name="Hoàng Thị Lan", phone="0912345670", by="lan", procedure=BIRTH),
    Ticket("moi-2", Kind.PROCEDURE, "Đăng ký hộ kinh doanh bán hàng ở chợ đêm thì nộp ở phường nào khi chợ nằm giữa hai phường?", 0, name="Sùng A Páo", phone="0987100001", minute=20, procedure=BUSINESS),
    Ticket("moi-3", Kind.INCIDENT, "Trang nộp hồ sơ báo lỗi khi tải tệp ảnh từ điện thoại.", 0, minute=31, system="haicap"),
    _call("moi-4", "Bà cụ 82 tuổi hỏi trợ cấp hưu trí xã hội nộp ở đâu, có ai đến nhà làm giúp không.", 0, phone="0987100002", minute=44),
    Ticket("moi-5", Kind.RECOMMENDATION, "Đề nghị cho phép nộp lại giấy tờ bị trả về mà không phải khai lại từ đầu.", 1, name="Đỗ Thị Hòa", phone="0987100003", unit=""),
    Ticket("moi-6", Kind.RULE, "Quy định về phí chứng thực điện tử đang được hiểu mỗi nơi một khác, xin cho biết văn bản nào đúng.", 1, name="Lê Bá Quát", phone="0987100004", unit=""),
    # In work: calm, near, late
    _call("lam-1", "Đường trước cổng trung tâm hỏng, người già đi lại khó, xin cho biết ai sửa.", 2, *ACCEPTED, phone="0987100005", minute=12),
    Ticket("lam-2", Kind.PROCEDURE, "Giấy đăng ký kết hôn của tôi ghi sai năm sinh, sửa ở phường mới hay phải về xã cũ?", 4, (*ACCEPTED, "note"), "Vàng Thị Sua", "0987100006", procedure=MARRIAGE, minute=9),
    Ticket("lam-3", Kind.PROCEDURE, "Hồ sơ trợ cấp của mẹ tôi bị trả lại hai lần mà không nói rõ thiếu gì.", 12, ACCEPTED, "Má A Chư", "0987100007", procedure=PENSION, minute=15),
    Ticket("lam-4", Kind.PROCEDURE, "Tôi đã hỏi về phiếu hẹn hai tháng mà không ai trả lời.", 24, ACCEPTED, "Trần Bình Yên", "0987100008", minute=18),
    Ticket("tre-1", Kind.PROCEDURE, "Bộ phận một cửa hướng dẫn sai mẫu tờ khai, tôi phải đi lại ba lần.", 5, (), "Phạm Thị Nhài", "0987100009", minute=27),
    # Waiting for the sender
    Ticket("hoi-1", Kind.PROCEDURE, "Tôi bị từ chối hồ sơ không có lý do.", 3, ("ask@1",), "Giàng Seo Vần", "0987100010", minute=33),
    Ticket("hoi-2", Kind.PROCEDURE, "Xin hỏi về thủ tục đất đai của nhà tôi.", 7, ("accept", "ask@2"), "Lù A Tráng", "0987100011", minute=41),
    Ticket("hoi-3", Kind.PROCEDURE, "Hồ sơ của tôi nộp tháng trước không tra được.", 6, ("accept", "ask@1", "supply@1"), "Nguyễn Hải Triều", "0987100012", minute=46),
    # Drafted, to be approved, sent back
    Ticket("soan-1", Kind.PROCEDURE, "Nộp trực tiếp có phải công chứng hết giấy tờ không, ở đây ai cũng bảo phải có.", 4, DRAFTED, "Bàn Văn Lục", "0987100013", answer="ban-sao", minute=5),
    Ticket("duyet-1", Kind.PROCEDURE, "Thẻ căn cước của tôi ghi địa chỉ xã cũ, đi làm giấy tờ có bị từ chối không?", 5, SUBMITTED, "Đặng Thị Vui", "0987100014", answer="dia-chi-cu", minute=8),
    Ticket("duyet-2", Kind.PROCEDURE, "Trung tâm có làm việc sáng thứ Bảy không, tôi đi làm cả tuần.", 3, SUBMITTED, "Hạng A Lử", "0987100015", answer="gio-mo-cua", minute=37),
    Ticket("tra-lai-1", Kind.PROCEDURE, "Phiếu hẹn ghi ngày 10 mà ngày 18 chưa có kết quả.", 8, (*SUBMITTED, "back@1"), "Tẩn Phù Sinh", "0987100016", answer="qua-han", minute=50),
    # Answered, waiting to be published; published; kept private
    Ticket("cho-cong-khai-1", Kind.PROCEDURE, "Phường mở cửa những giờ nào trong tuần, bảng niêm yết bị mờ.", 5, APPROVED, "Cao Xuân Hồng", "0987100017", answer="gio-mo-cua", minute=22),
    Ticket("xong-1", Kind.PROCEDURE, "Tôi nộp hồ sơ hai tuần quá hẹn mà bộ phận một cửa chưa trả kết quả.", 15, (*DONE, "like@1"), "Lò Thị Xoan", "0987100018", answer="qua-han", minute=3),
    Ticket("xong-2", Kind.PROCEDURE, "Có bắt buộc bản sao chứng thực khi tôi mang cả bản chính không?", 18, (*DONE, "dislike@1"), "Bùi Tiến Lực", "0987100019", answer="ban-sao", minute=14),
    Ticket("xong-3", Kind.PROCEDURE, "Sổ hộ khẩu cũ, giấy khai sinh ghi huyện cũ có còn giá trị không?", 20, (*DONE, "like@2"), "Thào Thị Chấu", "0987100020", answer="dia-chi-cu", minute=16),
    _call("dung-lai-1", "Hồ sơ của tôi quá hẹn tám ngày chưa trả, gọi trung tâm không ai nghe.", 2, "reuse:xong-1", phone="0987100021", minute=25),
    _call("dung-lai-2", "Đi làm giấy khai sinh có cần công chứng giấy chứng sinh không?", 1, "reuse:xong-2", phone="0987100022", minute=52),
    Ticket("mo-lai-1", Kind.PROCEDURE, "Đã trả lời nhưng tới nay tôi vẫn phải nộp bản sao chứng thực.", 14, (*DONE, "dislike@1", "reopen@1"), "Ngô Minh Thắng", "0987100023", answer="ban-sao", minute=29),
    Ticket("lap-lai-1", Kind.PROCEDURE, "Tôi nộp hồ sơ hai tuần quá hẹn mà bộ phận một cửa chưa trả kết quả, lần này là hồ sơ khác.", 3, (), "Lò Thị Xoan", "0987100018", minute=3),
    # Officers: the office of the province; one private
    _province("can-bo-1", Kind.OFFICER, "Cán bộ tiếp nhận ở phường nói năng thiếu tôn trọng người dân tộc thiểu số.", 9, *APPROVED, name="Vừ Thị Dua", phone="0987100024", answer="thai-do"),
    _province("can-bo-2", Kind.OFFICER, "Có người ở trung tâm gợi ý đưa thêm tiền để làm nhanh.", 3, *ACCEPTED, name="Hà Văn Thành", phone="0987100025"),
    _province("can-bo-3", Kind.OFFICER, "Cán bộ xã không có mặt trong giờ làm việc.", 1, name="Chảo Láo Tả", phone="0987100026", unit=TAPHIN),
    _province("tinh-1", Kind.PROCEDURE, "Thủ tục cấp phép của tỉnh yêu cầu giấy tờ không có trong danh mục.", 4, *ACCEPTED, name="Công ty TNHH Thung Lũng Mây", phone="0987100027", unit=LAOCAI),
    # Refused, led to their own law; withdrawn
    Ticket("khieu-nai-1", Kind.PROCEDURE, "Tôi khiếu nại quyết định xử phạt của phường.", 6, ("refuse:complaint",), "Lương Đình Khoa", "0987100028", minute=11),
    Ticket("to-cao-1", Kind.PROCEDURE, "Tôi tố cáo ông A nhận hối lộ.", 7, ("accept", "refuse:denunciation"), "Quách Văn Dũng", "0987100029", minute=19),
    Ticket("quang-cao-1", Kind.PROCEDURE, "Cho vay nhanh lãi suất thấp, gọi ngay.", 2, ("refuse:abuse",), minute=55),
    Ticket("rut-1", Kind.PROCEDURE, "Tôi hỏi nhầm nơi, xin rút lại.", 4, ("withdraw",), "Đoàn Thị Thu", "0987100030", minute=6),
    # Transferred
    Ticket("chuyen-1", Kind.PROCEDURE, "Tuyến xe buýt lên Tả Phìn bỏ chuyến buổi sáng.", 3, ("transfer",), "Lý Mẩy Chản", "0987100031", minute=35, worker="huong.sapa"),
    # Questions of a ward to the owner of the rule
    _asked("dia-phuong-1", "Người không thường trú chọn nơi đăng ký hộ tịch thì nơi nhận có phải hỏi lại nơi thường trú không?", 16, *DONE, document="120/2025/NĐ-CP", path="art_4", answer="ho-tich"),
    _asked("dia-phuong-2", "Việc chứng thực chữ ký người dịch giao cấp xã nhưng phường chưa có cộng tác viên dịch thuật thì làm thế nào?", 4, *ACCEPTED, document="120/2025/NĐ-CP"),
    _asked("dia-phuong-3", "Thu hồi giấy tờ cấp sai thuộc thẩm quyền của huyện cũ thì nay phường hay tỉnh làm?", 1, document="120/2025/NĐ-CP"),
    # Elsewhere
    Ticket("ta-phin-1", Kind.PROCEDURE, "Đăng ký hợp tác xã nộp ở xã hay ở tỉnh?", 2, ACCEPTED, "Phàn Tả Chản", "0987100032", unit=TAPHIN, minute=13, worker="son.taphin"),
    Ticket("sai-gon-1", Kind.PROCEDURE, "Lấy số thứ tự trên mạng nhưng đến nơi vẫn phải chờ ba tiếng.", 1, name="Huỳnh Tấn Phát Đạt", phone="0987100033", unit=SAIGON, minute=17),
    Ticket("su-co-1", Kind.INCIDENT, "Không đăng nhập được để nộp hồ sơ từ sáng nay.", 0, name="Mai Văn Nhân", phone="0987100034", minute=47, system="haicap"),
)  # fmt: skip
