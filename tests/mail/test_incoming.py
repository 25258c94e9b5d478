"""Mails become tickets once, or wait for a person; the mailbox is read without loss."""

from __future__ import annotations

import zlib
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.db import DatabaseError

from haicap.base.refused import Refused
from haicap.domain.dossiers.tests.make import MORNING
from haicap.domain.feedback import actions
from haicap.domain.feedback.models import Attachment, Remark, Ticket
from haicap.domain.feedback.states import State
from haicap.domain.feedback.tests import make
from haicap.edges.notices import incoming, incoming_erasing, incoming_imap, incoming_settling, outbox
from haicap.edges.notices.models import Incoming, Mailbox, Message
from haicap.edges.notices.outbox import Draft
from haicap.edges.notices.states import Channel, Outcome
from haicap.edges.notices.tests.imap import Postbox, serving
from haicap.edges.notices.tests.test_incoming_reading import TEXT, mail

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SENDER = "nguoi.gui@example.vn"


@pytest.fixture
def w(register, settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.FILES_ROOT = tmp_path / "files"
    settings.IMAP_UNIT = make.SAPA
    return make.world(register)


def take(made: EmailMessage | None = None, minutes: float = 0, **heads: str) -> Outcome | None:
    raw = (made or mail(**heads)).as_bytes()
    return incoming.take(raw, at=MORNING + timedelta(minutes=minutes))


def numbered(n: int, **heads: str) -> EmailMessage:
    return mail(Message_ID=f"<thu-{n}@example.vn>", **heads)


def only() -> Incoming:
    return Incoming.objects.get()


def test_a_mail_becomes_a_ticket_once(w) -> None:
    assert take() is Outcome.FILED
    assert take() is None
    ticket = Ticket.objects.get()
    assert (ticket.channel, ticket.text, ticket.subject, ticket.sender_email) == (
        "mail",
        TEXT,
        "Hồ sơ chậm trả",
        SENDER,
    )
    assert only().ticket == ticket.code and only().raw is None


def test_a_dossier_that_is_named_is_noted(w) -> None:
    take(mail("Hồ sơ H38.12.03-261101-0007 chậm."))
    assert Ticket.objects.get().dossier_code == "H38.12.03-261101-0007"


def test_files_are_kept_or_said_not_to_be(w) -> None:
    made = mail()
    made.add_attachment(PDF, maintype="application", subtype="pdf", filename="don.pdf")
    made.add_attachment(b"MZ\x90\0program", maintype="application", subtype="octet-stream", filename="x.exe")
    made.add_attachment(PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(app.alert)>>"),
                        maintype="application", subtype="pdf", filename="ma.pdf")  # fmt: skip
    assert take(made) is Outcome.FILED
    ticket = Ticket.objects.get()
    assert Attachment.objects.filter(ticket=ticket).count() == 1
    assert "x.exe" in ticket.text and "ma.pdf" in ticket.text and "don.pdf" not in ticket.text
    assert "x.exe" in only().reason


def test_a_long_letter_is_kept_whole_in_parts(w) -> None:
    text = "\n".join(f"Dòng {n} của một bức thư rất dài về hồ sơ." for n in range(400))
    take(mail(text))
    ticket = Ticket.objects.get()
    assert ticket.text + "".join(Remark.objects.order_by("pk").values_list("text", flat=True)) in (
        text,
        text,
    ) or ("Dòng 399" in Remark.objects.order_by("-pk").first().text)


@pytest.mark.parametrize(
    ("heads", "why"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto_submitted"),
        ({"List_Id": "<x.y>"}, "list"),
        ({"From": "haicap@localhost"}, "loop"),
        ({"From": "a@example.vn, b@example.vn"}, "no_sender"),
        ({"From": "khong phai dia chi"}, "no_sender"),
    ],
)
def test_what_no_person_wrote_waits_and_is_not_answered(w, heads, why) -> None:
    assert take(**heads) is Outcome.ASIDE
    assert only().reason == why and not Ticket.objects.exists() and not Message.objects.exists()
    assert zlib.decompress(bytes(only().raw)) == mail(**heads).as_bytes()


def test_many_from_one_sender_wait(w) -> None:
    for n in range(incoming.AN_HOUR):
        take(numbered(n))
    assert take(numbered(98)) is Outcome.ASIDE
    assert Incoming.objects.get(key="id:thu-98@example.vn").reason == "too_many"
    assert take(numbered(99, From="khac@example.vn")) is Outcome.FILED
    assert take(numbered(100), minutes=61) is Outcome.FILED


def test_an_answer_to_our_letter_adds_to_its_ticket(w) -> None:
    filed = make.filed()
    make.do(actions.ask_more, filed.code, w.officer, question="Xin gửi mã hồ sơ")
    letter = _letter(filed.code)
    strange = mail(Message_ID="<la@x>", From="la@example.vn", In_Reply_To=letter)
    assert (
        take(strange) is Outcome.FILED
    )  # whoever else knows the id is not the sender: a ticket of their own
    assert make.row(filed.code).state == State.AWAITING_MORE
    reply = mail(
        "Mã là 7.\n\nVào Th 2, 23 thg 11, 2026 Cơ quan <a@x> đã viết:\n> Xin gửi", In_Reply_To=letter
    )
    assert take(reply, minutes=5) is Outcome.SUPPLIED
    row = make.row(filed.code)
    assert row.state != State.AWAITING_MORE
    assert (
        list(Remark.objects.filter(ticket=row, inside=False).order_by("pk").values_list("text", flat=True))[
            -1
        ]
        == "Mã là 7."
    )
    again = mail("Còn điều nữa.", Message_ID="<hai@example.vn>", References=f"<x@y> {letter}")
    assert take(again, minutes=6) is Outcome.SUPPLIED


def test_an_answer_to_a_closed_ticket_is_a_ticket_of_its_own(w) -> None:
    filed = make.filed()
    actions.withdraw_ticket(code=filed.code, proof=actions.Proof(key=filed.key), actor="portal", at=MORNING)
    assert take(mail("Tôi vẫn cần.", In_Reply_To=_letter(filed.code))) is Outcome.FILED
    assert filed.code in Ticket.objects.exclude(code=filed.code).get().text


def test_the_code_alone_proves_nothing(w) -> None:
    filed = make.filed()
    make.do(actions.ask_more, filed.code, w.officer, question="Xin gửi mã hồ sơ")
    assert take(mail(Subject=f"Re: {filed.code}")) is Outcome.FILED
    assert make.row(filed.code).state == State.AWAITING_MORE


def _letter(code: str) -> str:
    """The id of a letter of ours about a ticket."""
    row = make.row(code)
    outbox.queue(
        [Draft(f"{row.stream}:thu", Channel.EMAIL, SENDER, "received", {"code": code}, row.stream)],
        at=MORNING,
    )
    return f"<{Message.objects.get(about=row.stream).public_id}@localhost>"


def test_a_person_makes_a_ticket_of_it_or_drops_it(w) -> None:
    take(Auto_Submitted="auto-replied")
    (kept,) = incoming_settling.listed()
    code = incoming_settling.file_aside(kept.id, actor=w.focal.actor, at=MORNING)
    assert Ticket.objects.get(code=code).sender_email == SENDER
    with pytest.raises(Refused, match="not_now"):
        incoming_settling.drop_aside(kept.id, actor=w.focal.actor, at=MORNING)
    take(numbered(2, Precedence="bulk"))
    (kept,) = incoming_settling.listed()
    incoming_settling.drop_aside(kept.id, actor=w.focal.actor, at=MORNING)
    assert not incoming_settling.listed()
    assert incoming_settling.counts()[Outcome.DROPPED] == 1


def test_what_mails_said_is_erased(w) -> None:
    take()
    take(numbered(2, Precedence="bulk"))
    assert incoming_erasing.erase(at=MORNING + timedelta(days=29)) == 0
    assert incoming_erasing.erase(at=MORNING + timedelta(days=31)) == 1
    assert incoming_settling.listed()[0].sender == SENDER  # a person has not looked yet
    assert incoming_erasing.erase(at=MORNING + timedelta(days=61)) == 1
    assert {(r.sender, r.text, r.raw) for r in Incoming.objects.all()} == {("", "", None)}
    assert take() is None  # still known


def test_a_mail_that_breaks_its_reader_holds_up_nobody(w, monkeypatch) -> None:
    monkeypatch.setattr(incoming, "_judge", lambda *a, **k: 1 / 0)
    assert take() is Outcome.ASIDE
    assert only().reason == "broken" and only().raw is not None


# --- the mailbox ----------------------------------------------------------------------------------------------
def read(box: Postbox, minutes: float = 0) -> int:
    with serving(box) as port:
        account = incoming_imap.account(f"imap://phan-anh:{box.password}@127.0.0.1:{port}/INBOX")
        return incoming_imap.fetch(account, at=MORNING + timedelta(minutes=minutes))


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(incoming_imap, "SECONDS", 1)


def _box(*mails: EmailMessage, **facts) -> Postbox:
    box = Postbox(**facts)
    for made in mails:
        box.put(made.as_bytes())
    return box


def _one_mailbox(monkeypatch) -> None:
    """Every server of a test is the same mailbox, whatever its port."""
    monkeypatch.setattr(incoming_imap.Account, "name", property(lambda self: "thu"))


def test_new_mails_are_taken_and_nothing_is_changed(w, monkeypatch) -> None:
    _one_mailbox(monkeypatch)
    box = _box(numbered(1), numbered(2))
    assert read(box) == 2
    assert read(box, 1) == 0
    box.put(numbered(3).as_bytes())
    assert read(box, 2) == 1
    assert Ticket.objects.count() == 3 and Mailbox.objects.get().last_uid == 3
    assert not [said for said in box.asked if "STORE" in said or "EXPUNGE" in said or "SELECT" in said]


def test_a_mailbox_made_anew_makes_no_second_ticket(w, monkeypatch) -> None:
    _one_mailbox(monkeypatch)
    assert read(_box(numbered(1), numbered(2))) == 2
    assert read(_box(numbered(9), numbered(1), validity=8), 1) == 1
    assert Ticket.objects.count() == 3


def test_a_server_that_falls_silent_or_hangs_up_rests_and_loses_nothing(w, monkeypatch, quick) -> None:
    _one_mailbox(monkeypatch)
    whole = [numbered(n).as_bytes() for n in range(3)]
    for harm in ({"mute": 6}, {"cut": 7}, {"password": "khac"}):
        box = Postbox(mails=dict(enumerate(whole, 1)), **{**harm, "password": "mat-khau"})
        if "password" in harm:
            with serving(box) as port:
                incoming_imap.fetch(incoming_imap.account(f"imap://a:sai@127.0.0.1:{port}/"), at=MORNING)
        else:
            read(box)
        stood = Mailbox.objects.get()
        assert stood.failures and stood.closed_until > MORNING and "mat-khau" not in stood.error
        Mailbox.objects.update(closed_until=None)
    assert read(Postbox(mails=dict(enumerate(whole, 1))), 10) <= 3
    assert Ticket.objects.count() == 3 and Mailbox.objects.get().failures == 0


def test_a_resting_mailbox_is_not_asked(w, monkeypatch) -> None:
    _one_mailbox(monkeypatch)
    Mailbox.objects.create(name="thu", failures=1, closed_until=MORNING + timedelta(minutes=1))
    box = _box(numbered(1))
    assert read(box) == 0 and box.sessions == 0
    assert read(box, 2) == 1


def test_a_giant_mail_is_not_read_whole(w, monkeypatch) -> None:
    _one_mailbox(monkeypatch)
    box = _box(numbered(1), numbered(2))
    box.sizes[1] = 200 * 1024 * 1024
    assert read(box) == 2
    row = Incoming.objects.get(reason="too_large")
    assert (row.size, row.subject) == (200 * 1024 * 1024, "Hồ sơ chậm trả")
    assert not [said for said in box.asked if said == "UID FETCH 1 (BODY.PEEK[])"]


def test_a_lost_database_leaves_the_mail_where_it_is(w, monkeypatch) -> None:
    _one_mailbox(monkeypatch)

    def lost(*args, **kwargs):
        raise DatabaseError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(incoming, "_handled", lost)
        with pytest.raises(DatabaseError):
            read(_box(numbered(1)))
    assert read(_box(numbered(1)), 1) == 1 and Ticket.objects.count() == 1


@pytest.mark.parametrize(
    "url", ["imap://a:b@mail.example.vn/", "http://a:b@x/", "imaps://x/", 'imaps://a:b@x/"', "imaps://a@x/?q"]
)
def test_addresses_that_are_no_mailbox(url: str) -> None:
    with pytest.raises(ValueError):
        incoming_imap.account(url)
