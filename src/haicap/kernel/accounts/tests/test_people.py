"""Verbs on people: who may, what is kept, what is forgotten; letters; keys."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from haicap.base.refused import Refused
from haicap.kernel.accounts import actions, letters, queries, sealing
from haicap.kernel.accounts.letters import Purpose
from haicap.kernel.accounts.models import MailRequest, Token, User
from haicap.kernel.accounts.states import Scope, UserKind
from haicap.kernel.accounts.tests.make import AT, PASSWORD, citizen, officer, with_totp
from haicap.kernel.accounts.tests.test_signing_in import attempt, refused
from haicap.kernel.ledger.models import Event
from haicap.kernel.ledger.queries import history

NEW = "hoa gạo tháng ba đỏ"


@pytest.mark.django_db
def test_a_name_is_taken_once_whatever_its_spelling():
    citizen("minh@example.vn")
    refused("name_taken", citizen, "MINH@example.vn")
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_only_an_operator_makes_officers():
    minh, lan, operator = citizen(), officer(), officer("chu.quan", operator=True)
    for actor in (minh.actor, lan.actor, "", "x" * 40):
        refused("not_yours", actions.create_officer, name="new.one", display_name="", actor=actor, at=AT)
    made = actions.create_officer(
        name="new.one", display_name="Mới", email="a@b.vn", actor=operator.actor, at=AT
    )
    assert made.kind == UserKind.OFFICER
    assert history(made.stream)[0].actor == operator.actor
    refused(
        "bad_email", actions.create_officer, name="new.two", display_name="", email="x", actor="system", at=AT
    )
    actions.lock(user=operator.public_id, actor="system", at=AT)
    refused("not_yours", actions.create_officer, name="new.two", display_name="", actor=operator.actor, at=AT)


@pytest.mark.django_db
def test_one_changes_oneself_an_operator_others_and_nobody_else_anybody():
    minh, lan, operator = citizen(), officer(), officer("chu.quan", operator=True)
    refused("not_yours", actions.rename, user=minh.public_id, display_name="X", actor=lan.actor, at=AT)
    refused("not_yours", actions.set_password, user=minh.public_id, password=NEW, actor=lan.actor, at=AT)
    refused("not_yours", actions.erase, user=minh.public_id, actor=lan.actor, at=AT)
    refused("not_yours", actions.set_operator, user=lan.public_id, operator=True, actor=lan.actor, at=AT)
    refused("not_yours", actions.lock, user=lan.public_id, actor=lan.actor, at=AT)
    refused("not_yourself", actions.lock, user=operator.public_id, actor=operator.actor, at=AT)
    refused("not_yours", actions.enrol_totp, user=minh.public_id, actor=operator.actor, at=AT)
    refused("not_an_officer", actions.set_operator, user=minh.public_id, operator=True, actor="system", at=AT)
    assert (
        actions.rename(user=minh.public_id, display_name="  Minh  Lê ", actor=minh.actor, at=AT).display_name
        == "Minh Lê"
    )
    assert actions.set_operator(user=lan.public_id, operator=True, actor=operator.actor, at=AT).is_operator
    with_totp(minh)
    actions.drop_totp(user=minh.public_id, actor=operator.actor, at=AT)
    assert attempt("minh@example.vn").next == "done"
    with pytest.raises(Refused, match="not_yours"):
        queries.people(actor=minh.actor)
    assert [u.name for u in queries.people(actor=lan.actor, text="lê")] == ["minh@example.vn"]


@pytest.mark.django_db
def test_erasing_leaves_the_opaque_id_and_nothing_else():
    minh = citizen()
    with_totp(minh)
    actions.issue_token(
        user=minh.public_id, label="điện thoại của Minh", scopes=[], days=9, actor=minh.actor, at=AT
    )
    actions.erase(user=minh.public_id, actor=minh.actor, at=AT)
    row = User.objects.get(public_id=minh.public_id)
    assert (row.name, row.display_name, row.email, row.is_active) == (None, "", "", False)
    assert not Token.objects.exclude(label="").exists()
    assert queries.display_names({minh.actor}) == {}
    refused("not_found", actions.unlock, user=minh.public_id, actor="system", at=AT)
    told = "".join(str(e.data) + e.stream + e.actor for e in Event.objects.all())
    assert "minh" not in told.lower()
    assert citizen("minh@example.vn"), "the name is free again"


@pytest.mark.django_db
def test_the_database_keeps_an_erased_person_erased():
    minh = citizen()
    for wrong in ({"name": None}, {"kind": "king"}, {"is_operator": True}, {"erased_at": AT}):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=minh.pk).update(**wrong)


@pytest.mark.django_db
def test_every_verb_is_one_event_on_the_persons_stream():
    minh = citizen()
    actions.rename(user=minh.public_id, display_name="M", actor=minh.actor, at=AT)
    actions.set_password(user=minh.public_id, password=NEW, actor=minh.actor, at=AT)
    row = User.objects.get(pk=minh.pk)
    told = history(minh.stream)
    assert [e.kind for e in told] == ["accounts.registered", "accounts.renamed", "accounts.password_set"]
    assert (row.version, bytes(row.head)) == (3, told[-1].hash)
    assert {e.actor for e in told} == {minh.actor}


# --- keys ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_keys_are_kept_as_hashes_and_end_on_time():
    minh, other = citizen(), officer()
    token, secret = actions.issue_token(
        user=minh.public_id, label="máy chủ", scopes=[Scope.BULK], days=30, actor=minh.actor, at=AT
    )
    assert secret not in str(Token.objects.filter(pk=token.pk).values())
    held = queries.holder(secret, at=AT)
    assert held is not None
    assert (held.actor, held.scopes) == (minh.actor, {Scope.READ, Scope.BULK})
    assert queries.holder(secret, at=AT + timedelta(days=30)) is None
    assert queries.holder(secret + "x", at=AT) is None
    assert queries.holder("", at=AT) is None
    gone = {"user": minh.public_id, "token": token.public_id, "at": AT}
    refused("not_yours", actions.revoke_token, actor=other.actor, **gone)
    refused("not_found", actions.revoke_token, actor=other.actor, **{**gone, "user": other.public_id})
    actions.revoke_token(actor=minh.actor, **gone)
    assert queries.holder(secret, at=AT) is None
    assert [t.live for t in queries.tokens_of(minh, at=AT)] == [False]
    refused("not_found", actions.revoke_token, actor=minh.actor, **gone)
    for days in (0, 367, -1):
        refused(
            "bad_span",
            actions.issue_token,
            user=minh.public_id,
            label="",
            scopes=[],
            days=days,
            actor=minh.actor,
            at=AT,
        )


@pytest.mark.django_db
def test_there_is_an_end_to_keys():
    minh = citizen()
    make = {"user": minh.public_id, "label": "", "scopes": [], "days": 1, "actor": minh.actor}
    for _ in range(20):
        actions.issue_token(at=AT, **make)
    refused("too_many_tokens", actions.issue_token, at=AT, **make)
    assert actions.issue_token(at=AT + timedelta(days=2), **make)


# --- letters -------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def pages(monkeypatch, settings):
    settings.SITE_URL = "https://haicap.example/"
    monkeypatch.setattr(
        letters, "_pages", {p: (lambda ticket, p=p: f"/{p.value}/{ticket}/") for p in Purpose}
    )


def ask(purpose, name, at=AT, address="192.0.2.1"):
    letters.ask(purpose=purpose, name=name, address=address, language="vi", at=at)


def ticket(number=-1):
    return re.search(r"https://haicap\.example/\w+/([^/\s]+)/", mail.outbox[number].body)[1]


@pytest.mark.django_db
def test_an_account_by_a_link():
    ask(Purpose.REGISTER, "Hoa@Example.vn")
    assert letters.answer_all(at=AT) == 1
    assert mail.outbox[0].to == ["hoa@example.vn"]
    link = ticket()
    assert letters.name_to_register(link, at=AT) == "hoa@example.vn"
    refused("weak_password", letters.register, ticket=link, password="1", display_name="Hoa", at=AT)
    hoa = letters.register(ticket=link, password=PASSWORD, display_name="Hoa", at=AT)
    assert hoa.email == "hoa@example.vn"
    refused("bad_link", letters.register, ticket=link, password=PASSWORD, display_name="Hoa", at=AT)
    refused("need_email", ask, Purpose.REGISTER, "0912345678")


@pytest.mark.django_db
def test_the_page_cannot_tell_known_names_from_unknown_ones(django_assert_num_queries):
    citizen("minh@example.vn")
    for purpose in Purpose:
        statements = set()
        for name in ("minh@example.vn", "nobody@example.vn"):
            with CaptureQueriesContext(connection) as seen:
                ask(purpose, name)
            statements.add(tuple(q["sql"][:30] for q in seen.captured_queries))
        assert len(statements) == 1
    letters.answer_all(at=AT)
    told = {(m.to[0], m.subject) for m in mail.outbox}
    assert told == {
        ("minh@example.vn", "[Haicap] Bạn đã có tài khoản"),
        ("minh@example.vn", "[Haicap] Đặt lại mật khẩu"),
        ("nobody@example.vn", "[Haicap] Tạo tài khoản"),
    }
    assert not MailRequest.objects.exists()


@pytest.mark.django_db
def test_a_forgotten_password_by_a_link_that_works_once():
    lan = officer(email="lan@ubnd.example.vn")
    ask(Purpose.RESET, "lan.ubnd")
    letters.answer_all(at=AT)
    link = ticket()
    assert letters.user_to_reset(link, at=AT) == lan
    refused("bad_link", letters.user_to_reset, link, at=AT + timedelta(hours=3))
    refused("bad_link", letters.user_to_reset, link[:-1] + ("A" if link[-1] != "A" else "B"), at=AT)
    refused("bad_link", letters.name_to_register, link, at=AT)
    refused("bad_link", letters.user_to_reset, sealing.ticket("register", {"name": "x"}, at=AT), at=AT)
    for junk in ("", "\0", "a:b:c", "x" * 99_999):
        refused("bad_link", letters.user_to_reset, junk, at=AT)
    letters.reset(ticket=link, password=NEW, at=AT)
    assert attempt(password=NEW)
    refused("bad_link", letters.reset, ticket=link, password=NEW, at=AT)


@pytest.mark.django_db
def test_letters_wait_for_a_mail_server_that_is_away(monkeypatch):
    citizen("minh@example.vn")
    ask(Purpose.RESET, "minh@example.vn")

    def away(self, messages):
        raise ConnectionRefusedError

    with monkeypatch.context() as m:
        m.setattr(EmailBackend, "send_messages", away)
        assert letters.answer_all(at=AT) == 0
    assert letters.answer_all(at=AT) == 0, "not at once"
    assert letters.answer_all(at=AT + timedelta(minutes=1)) == 1
    ask(Purpose.RESET, "minh@example.vn")
    assert letters.answer_all(at=AT + timedelta(hours=3)) == 0, "too old to be answered"
    assert not MailRequest.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_mail_server_is_slow(monkeypatch):
    """The database cuts off a transaction that is idle for ten seconds; a mail server may take longer."""
    for n in range(2):
        ask(Purpose.REGISTER, f"moi{n}@example.vn")
    seen = []

    def slow(self, messages):
        seen.append(connection.in_atomic_block)
        raise TimeoutError

    with monkeypatch.context() as m:
        m.setattr(EmailBackend, "send_messages", slow)
        assert letters.answer_all(at=AT) == 0
    assert seen == [False], "the second letter does not wait for the same server"
    assert sorted(MailRequest.objects.values_list("attempts", flat=True)) == [0, 1]
    assert letters.answer_all(at=AT) == 1
    assert letters.answer_all(at=AT + timedelta(minutes=1)) == 1


@pytest.mark.django_db
def test_nobodys_mailbox_is_flooded():
    for _ in range(3):
        ask(Purpose.RESET, "minh@example.vn")
    refused("too_many_tries", ask, Purpose.RESET, "minh@example.vn", address="192.0.2.77")


def test_second_factors_survive_a_new_secret_key(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "old" * 20, []
    sealed = sealing.seal("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, ["old" * 20]
    assert sealing.unseal(sealed) == "JBSWY3DPEHPK3PXP"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(RuntimeError, match="HAICAP_SECRET_KEY"):
        sealing.unseal(sealed)
