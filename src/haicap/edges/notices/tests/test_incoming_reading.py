"""Whatever comes is read as far as it goes; machines are known by their heads."""

from __future__ import annotations

import base64
import random
from email.message import EmailMessage

import pytest

from haicap.edges.notices import incoming_reading
from haicap.edges.notices.incoming_reading import Letter, own_words, read, without_markup

TEXT = "Kính gửi quý cơ quan,\n\nTôi nộp hồ sơ đã hai tuần mà chưa có kết quả."


def mail(text: str = TEXT, **heads: str) -> EmailMessage:
    """A letter somebody wrote."""
    made = EmailMessage()
    made["From"] = "Trần Văn Không Có <nguoi.gui@example.vn>"
    made["To"] = "phan-anh@example.vn"
    made["Subject"] = "Hồ sơ chậm trả"
    made["Message-ID"] = "<mot@example.vn>"
    for name, value in heads.items():
        del made[name.replace("_", "-")]
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def of(text: str = TEXT, **heads: str) -> Letter:
    return read(mail(text, **heads).as_bytes())


def test_a_letter() -> None:
    found = of()
    assert (found.key, found.sender, found.name) == (
        "id:mot@example.vn",
        "nguoi.gui@example.vn",
        "Trần Văn Không Có",
    )
    assert (found.subject, found.text, found.automatic, found.files) == ("Hồ sơ chậm trả", TEXT, "", ())


@pytest.mark.parametrize(
    ("heads", "why"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto_submitted"),
        ({"Auto_Submitted": "no"}, ""),
        ({"Precedence": "bulk"}, "bulk"),
        ({"List_Id": "<tin.example.vn>"}, "list"),
        ({"Return_Path": "<>"}, "bounce"),
        ({"From": "MAILER-DAEMON@example.vn"}, "robot"),
        ({"From": "no-reply@example.vn"}, "robot"),
        ({"X_Autoreply": "yes"}, "auto_submitted"),
    ],
)
def test_machines_are_known(heads: dict[str, str], why: str) -> None:
    assert of(**heads).automatic == why


def test_a_notice_of_non_delivery() -> None:
    raw = (
        b"From: a@example.vn\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: text/plain\r\n\r\nkhong den\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; m\r\n\r\n--x--\r\n"
    )
    assert read(raw).automatic == "bounce"


@pytest.mark.parametrize(
    "quoted",
    [
        "\n\nVào Th 2, 23 thg 11, 2026 lúc 09:00 Cơ quan <a@example.vn> đã viết:\n> Xin bổ sung\n> giấy tờ",
        "\n\nOn Mon, Nov 23, 2026 at 9:00 AM Office <a@example.vn> wrote:\n\n> more",
        "\n\nOn Mon, Nov 23, 2026 at 9:00 AM Office of the People\n<a@example.vn> wrote:\n\n> more",
        "\n\n-----Original Message-----\nFrom: a\nxin bổ sung",
        "\n\nTừ: Cơ quan <a@example.vn>\nĐã gửi: 23/11/2026\nTới: tôi\n\nXin bổ sung",
        "\n\n-- \nNguyễn Văn A\nGiám đốc",
        "\n\n> Xin bổ sung",
    ],
)
def test_what_is_quoted_is_left_out(quoted: str) -> None:
    assert own_words(TEXT + quoted) == TEXT


def test_a_letter_of_quotes_alone_is_kept_whole() -> None:
    assert own_words("> tất cả\n> đều trích") == "> tất cả\n> đều trích"
    assert own_words("Từ: trước đến nay tôi chưa nhận được gì.") == "Từ: trước đến nay tôi chưa nhận được gì."


def test_html_alone_becomes_text() -> None:
    made = mail()
    made.set_content(
        "<html><head><style>p{color:red}</style><title>x</title><body><p>Kính gửi,</p><script>alert(1)</script>"
        "<p>Hồ sơ&nbsp;chậm<br>quá &amp; lâu</p><img src=x onerror=y><blockquote>cũ</blockquote>",
        subtype="html",
    )
    assert read(made.as_bytes()).text == "Kính gửi,\n\nHồ sơ chậm\nquá & lâu"


def test_unclosed_markup_hides_nothing() -> None:
    assert without_markup("<html><head><meta x><body>Xin <b>chào") == "Xin chào"


def test_plain_comes_before_html_and_files_are_files() -> None:
    made = mail()
    made.add_alternative("<p>khác</p>", subtype="html")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="đơn.pdf")
    made.add_attachment("ghi chú".encode(), maintype="text", subtype="plain", filename="ghi-chu.txt")
    inner = mail("bên trong")
    made.add_attachment(inner)
    found = read(made.as_bytes())
    assert found.text == TEXT
    assert [p.name for p in found.files] == ["đơn.pdf", "ghi-chu.txt", "tep"]


@pytest.mark.parametrize("charset", ["utf-8", "cp1258", "x-khong-co", "us-ascii", "utf-16"])
def test_charsets_that_lie_or_do_not_exist(charset: str) -> None:
    words = "Xin chao" if charset == "utf-16" else "Xin chào"
    body = words.encode("cp1258" if charset == "cp1258" else "utf-16" if charset == "utf-16" else "utf-8")
    raw = f"From: a@example.vn\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    found = read(raw.encode() + base64.b64encode(body))
    assert found.text == words


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\0\0\0", b"\xff\xfe\xfd" * 100, b"Subject: =?utf-8?B?####?=\r\n\r\nx",
        b"From: =?utf-8?Q?=ED=A0=80?= <a@b.vn>\r\n\r\nx", b"From: a@b@c@d\r\n\r\nx", b"From: <\r\n\r\nx", b"From: (((((\r\n\r\nx",
        b"From: \"\r\nTo: [\r\nMessage-ID: <\r\nReferences: <<<>>>\r\n\r\nx",
        b"Content-Type: multipart/mixed; boundary=\r\n\r\nx", b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a",
        b"Content-Type: ;;;=\r\n\r\nx", b"Content-Transfer-Encoding: base64\r\n\r\n!!!=", b"A: " + b"a" * 200_000 + b"\r\n\r\nx",
        b"Content-Disposition: attachment; filename*=utf-99''%ff\r\n\r\nx", b"Date: 99 Foo\r\nSubject: \x00\r\n\r\n\x00x",
    ],
)  # fmt: skip
def test_malformed_mails_are_read_as_far_as_they_go(raw: bytes) -> None:
    found = read(raw)
    assert found.key and "\0" not in found.text + found.subject + found.sender


def test_random_bytes_and_random_harm_break_nothing() -> None:
    dice = random.Random(7)
    whole = mail(Reply_To="x@example.vn").as_bytes()
    for _ in range(300):
        raw = bytearray(whole)
        for _ in range(dice.randrange(1, 40)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        read(bytes(raw))


def test_nested_without_end() -> None:
    raw = b"From: a@b.vn\r\n"
    for n in range(3000):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
    try:
        found = read(raw + b"\r\nx")
    except ValueError:
        return
    assert len(found.files) <= incoming_reading.MOST_PARTS


def test_many_parts_are_cut_off() -> None:
    made = mail()
    for n in range(300):
        made.add_attachment(b"x", maintype="application", subtype="octet-stream", filename=f"{n}.bin")
    assert len(read(made.as_bytes()).files) == incoming_reading.MOST_PARTS - 1


def test_a_mail_without_an_id_is_known_by_its_bytes() -> None:
    made = mail()
    del made["Message-ID"]
    assert read(made.as_bytes()).key == read(made.as_bytes()).key != of().key
    assert read(made.as_bytes()).key.startswith("sha256:")


def test_threads_and_several_senders() -> None:
    found = of(In_Reply_To="<c@x>", References="<a@x> <b@x> <c@x>")
    assert found.threads == ("c@x", "b@x", "a@x")
    assert of(From="a@example.vn, b@example.vn").sender == ""


HARD = {
    "comments": b"<!--" * 60_000,
    "tags without end": b"<a " * 100_000,
    "ends without end": b"</a " * 60_000,
    "declarations": b"<![CDATA[" * 30_000,
}


@pytest.mark.parametrize("page", HARD.values(), ids=HARD.keys())
def test_no_page_is_looked_through_again_and_again(page: bytes, monkeypatch) -> None:
    """The parser of the library takes the square of the length for these; it never gets to see them."""
    seen: list[str] = []
    monkeypatch.setattr(incoming_reading._Text, "feed", lambda self, data: seen.append(data))
    without_markup(page.decode())
    assert "<" not in seen[0]


def test_what_stands_between_comments_stays() -> None:
    page = "<!--[if mso]><p>nháp</p><![endif]--><!DOCTYPE html><p>1 < 2</p><!-- <b>x</b> --><p>còn <b>lại</b>"
    assert without_markup(page) == "1 < 2\n\ncòn lại"


def test_headers_are_cut_before_they_are_parsed() -> None:
    raw = b"From: a@example.vn\r\nSubject: " + b"a " * 50_000 + b"\r\nContent-Type: text/plain"
    found = read(raw + b"; a=b" * 20_000 + b"\r\n\r\nxin ch\xc3\xa0o")
    assert (found.sender, len(found.subject), found.text) == ("a@example.vn", 299, "xin chào")
    assert read(b"From: " + b"a," * 30_000 + b"\r\n\r\nx").sender == ""


def test_an_id_with_signs_no_database_takes_is_none() -> None:
    found = read(b"Message-ID: <a\x00b@example.vn>\r\nFrom: a@example.vn\r\n\r\nx")
    assert found.message_id == "" and found.key.startswith("sha256:")
