"""From a typed password to a session: what is asked, what is answered, what is braked."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from haicap.base.refused import Refused
from haicap.kernel.accounts import actions, factors, jobs, passwords, queries, sessions, signing_in, throttles
from haicap.kernel.accounts.models import Session, Throttle, Totp
from haicap.kernel.accounts.names import NameKind, login_name
from haicap.kernel.accounts.signing_in import Next
from haicap.kernel.accounts.states import Factor
from haicap.kernel.accounts.tests.make import AT, PASSWORD, STEP, citizen, officer, request, with_totp
from haicap.kernel.accounts.throttles import Limit, State, after_try
from haicap.kernel.ledger.queries import history


def attempt(name="lan.ubnd", password=PASSWORD, address="192.0.2.1", at=AT):
    return signing_in.authenticate_password(name=name, password=password, address=address, at=at)


def refused(expected, call, /, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    assert caught.value.code == expected
    return caught.value.sentence


# --- names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name", "kind"),
    [
        (" Minh@Example.VN ", "minh@example.vn", NameKind.EMAIL),
        ("0912 345 678", "+84912345678", NameKind.PHONE),
        ("+84 912.345.678", "+84912345678", NameKind.PHONE),
        ("024-3825-1234", "+842438251234", NameKind.PHONE),
        ("Lan.UBND", "lan.ubnd", NameKind.WORD),
    ],
)
def test_a_name_has_one_spelling(typed, name, kind):
    assert login_name(typed) == (name, kind)


@pytest.mark.parametrize(
    "typed", ["", "ab", "a b c", "lan\0x", "x@y", "x@@y.vn", "đào", "l" * 70, "@" * 10_000, "a@b..vn"]
)
def test_what_is_no_name_is_refused(typed):
    refused("bad_name", login_name, typed)


@given(st.text(max_size=80))
def test_the_spelling_of_a_name_is_final(typed):
    try:
        name, kind = login_name(typed)
    except Refused:
        return
    assert login_name(name) == (name, kind)


# --- passwords -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bad", ["ngắn", "1234567890123", "password12", "x" * 300, "xx lan.ubnd xx"])
def test_weak_passwords_are_refused_in_words(bad):
    refused("weak_password", passwords.hashed, bad, name="lan.ubnd")


def test_a_short_name_does_not_forbid_every_password():
    assert passwords.hashed("mưa phùn tháng giêng", name="m@example.vn")


@pytest.mark.django_db
def test_one_password_whatever_keyboard_typed_it():
    import unicodedata

    officer(password=unicodedata.normalize("NFD", PASSWORD))
    assert attempt(password=unicodedata.normalize("NFC", PASSWORD)).next is Next.ENROL


@pytest.mark.django_db
def test_passwords_are_kept_by_argon2():
    assert officer().password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


# --- the first step ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_comes_next():
    lan = officer()
    assert attempt().next is Next.ENROL
    with_totp(lan)
    assert attempt(" LAN.ubnd").next is Next.SECOND_FACTOR
    minh = citizen()
    assert attempt("minh@example.vn") == signing_in.Passed(minh, Next.DONE)
    with_totp(minh)
    assert attempt("minh@example.vn").next is Next.SECOND_FACTOR


@pytest.mark.django_db
def test_unknown_wrong_and_locked_are_one_answer_after_the_same_work(monkeypatch):
    lan, operator = officer(), officer("chu.quan", operator=True)
    erased = citizen("gone@example.vn")
    actions.erase(user=erased.public_id, actor=erased.actor, at=AT)
    invited = actions.create_officer(name="moi.den", display_name="", actor=operator.actor, at=AT)
    actions.lock(user=lan.public_id, actor=operator.actor, at=AT)
    work = []
    for owner, name in (("verify", "verify"), ("encode", "encode")):
        kept = getattr(
            signing_in.passwords.check_password.__globals__["get_hasher"]("default").__class__, owner
        )
        monkeypatch.setattr(
            signing_in.passwords.check_password.__globals__["get_hasher"]("default").__class__,
            owner,
            lambda self, *a, kept=kept, name=name: (work.append(name), kept(self, *a))[1],
        )
    answers = set()
    for name in ("lan.ubnd", "chu.quan", "nobody", "gone@example.vn", invited.name, "no such name!", "\0"):
        work.clear()
        secret = PASSWORD if name == "lan.ubnd" else "sai mật khẩu rồi"
        answers.add(refused("sign_in_failed", attempt, name, secret))
        assert len(work) == 1, name
    assert len(answers) == 1


@pytest.mark.django_db
def test_after_too_many_tries_even_the_right_password_waits():
    officer()
    for _ in range(5):
        refused("sign_in_failed", attempt, password="sai mật khẩu")
    assert "15 phút" in refused("too_many_tries", attempt, password="sai mật khẩu")
    refused("too_many_tries", attempt)
    assert attempt(address="192.0.2.9"), "another address is not blocked with it"
    assert attempt(at=AT + timedelta(minutes=15))
    assert not Throttle.objects.filter(key=throttles.sign_in_limits("lan.ubnd", "192.0.2.1")[0].key).exists()


@pytest.mark.django_db
def test_unknown_names_are_braked_like_known_ones():
    for _ in range(5):
        refused("sign_in_failed", attempt, "nobody", "sai mật khẩu")
    refused("too_many_tries", attempt, "nobody", "sai mật khẩu")


@pytest.mark.django_db(transaction=True)
def test_parallel_tries_are_all_counted():
    codes, start = [], threading.Barrier(8)

    def run():
        start.wait(60)
        try:
            attempt("nobody", "sai mật khẩu")
        except Refused as answer:
            codes.append(answer.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(8)]
    [t.start() for t in threads]
    [t.join(60) for t in threads]
    assert sorted(codes) == ["sign_in_failed"] * 5 + ["too_many_tries"] * 3


@given(st.lists(st.integers(0, 4000), max_size=60), st.integers(1, 9))
def test_the_brake_never_lets_more_through_than_it_says(pauses, tries):
    limit, state, at, passed = Limit(b"", tries), State(0, AT, None, 0), AT, []
    for pause in pauses:
        at += timedelta(seconds=pause)
        state = after_try(state, limit, at)
        if state.blocked_until is None:
            passed.append(at)
    for first in passed:
        within = [p for p in passed if first <= p < first + throttles.WINDOW]
        assert len(within) <= 2 * tries  # a window may begin in the middle of another


def test_blocks_grow_and_are_bounded():
    state, at, lengths = State(0, AT, None, 0), AT, []
    for _ in range(12):
        while state.blocked_until is None or state.blocked_until <= at:
            state = after_try(state, Limit(b"", 1), at)
            at += timedelta(seconds=1)
        lengths.append((state.blocked_until - at).total_seconds() // 60)
        at = state.blocked_until
    assert lengths[:4] == [14, 29, 59, 119]
    assert max(lengths) == 24 * 60 - 1


# --- the second step -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_code_counts_once_and_one_step_of_clock_is_forgiven():
    lan = officer()
    with_totp(lan)
    code = factors.code_now(lan, at=AT + 4 * STEP)
    refused("code_wrong", signing_in.verify_second_factor, user=lan, code=code, at=AT + 2 * STEP)
    assert (
        signing_in.verify_second_factor(user=lan, code=f" {code[:3]} {code[3:]}", at=AT + 5 * STEP)
        is Factor.TOTP
    )
    refused("code_wrong", signing_in.verify_second_factor, user=lan, code=code, at=AT + 5 * STEP)
    old = factors.code_now(lan, at=AT + 3 * STEP)
    refused("code_wrong", signing_in.verify_second_factor, user=lan, code=old, at=AT + 4 * STEP)


@pytest.mark.django_db
def test_the_secret_is_not_readable_in_the_database():
    lan = officer()
    begun = actions.enrol_totp(user=lan.public_id, actor=lan.actor, at=AT)
    assert begun.secret in begun.uri
    assert "lan.ubnd" in begun.uri
    assert begun.secret.encode() not in bytes(Totp.objects.get(user=lan).secret)
    assert factors.enrolment(lan) == begun
    refused("code_wrong", signing_in.confirm_enrolment, user=lan, code="000000", at=AT)
    assert not factors.has_totp(lan)
    assert len(signing_in.confirm_enrolment(user=lan, code=factors.code_now(lan, at=AT), at=AT)) == 10
    assert factors.enrolment(lan) is None
    refused("already_enrolled", actions.enrol_totp, user=lan.public_id, actor=lan.actor, at=AT)


@pytest.mark.django_db
def test_guessing_codes_is_braked():
    lan = officer()
    with_totp(lan)
    for n in range(5):
        refused("code_wrong", signing_in.verify_second_factor, user=lan, code=f"{n:06}", at=AT)
    right = factors.code_now(lan, at=AT + STEP)
    refused("too_many_tries", signing_in.verify_second_factor, user=lan, code=right, at=AT + STEP)


@pytest.mark.django_db
@pytest.mark.parametrize("junk", ["", "12345", "１２３４５６", "abcdef", "1" * 5000, "\0", "12345६"])
def test_junk_codes_are_refused(junk):
    lan = officer()
    with_totp(lan)
    refused("code_wrong", signing_in.verify_second_factor, user=lan, code=junk, at=AT + STEP)


@pytest.mark.django_db
def test_a_recovery_code_works_once():
    lan = officer()
    codes = with_totp(lan)
    typed = codes[3].upper().replace("-", " ")
    assert signing_in.verify_second_factor(user=lan, code=typed, at=AT) is Factor.RECOVERY
    assert factors.recovery_left(lan) == 9
    refused("code_wrong", signing_in.verify_second_factor, user=lan, code=codes[3], at=AT)
    assert history(lan.stream)[-1].data == {"left": 9}


# --- sessions ------------------------------------------------------------------------------------------------


def signed_in(user, cookie=None, at=AT):
    asked = request(cookie)
    signing_in.complete(
        asked, user, factor=Factor.PASSWORD, address="192.0.2.1", agent="Trình duyệt " * 50, at=at
    )
    asked.session.save()
    return asked


@pytest.mark.django_db
def test_a_sign_in_gets_a_new_key_and_is_recorded():
    minh = citizen()
    planted = request()
    planted.session["basket"] = 1
    planted.session.save()
    before = planted.session.session_key
    asked = signed_in(minh, before)
    assert asked.session.session_key != before
    assert get_user(request(asked.session.session_key)) == minh
    assert get_user(request(before)).is_anonymous
    assert history(minh.stream)[-1].kind == "accounts.signed_in"
    row = Session.objects.get(user=minh)
    assert row.session_key != asked.session.session_key
    assert get_user(request(row.session_key)).is_anonymous, "what lies in the database opens nothing"
    assert len(row.agent) == 200


@pytest.mark.django_db
def test_sessions_are_listed_ended_and_swept():
    minh = citizen()
    here, there = signed_in(minh), signed_in(minh)
    rows = sessions.sessions_of(minh, current=here.session.session_key, at=AT)
    assert sorted(r.current for r in rows) == [False, True]
    other = next(r for r in rows if not r.current)
    stranger = officer()
    sessions.end_session(stranger, other.public_id)
    assert get_user(request(there.session.session_key)) == minh, "only one's own"
    sessions.end_session(minh, other.public_id)
    assert get_user(request(there.session.session_key)).is_anonymous
    kept = request(here.session.session_key)
    assert get_user(kept) == minh
    kept.session["page"] = 2
    kept.session.save()
    assert (
        sessions.sessions_of(minh, current=None, at=AT)[0].public_id
        == next(r for r in rows if r.current).public_id
    )
    sessions.leave(kept)
    assert not Session.objects.filter(user=minh).exists()
    Session.objects.update(expire_date=AT)
    jobs.sweep(AT + timedelta(days=3))
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_a_new_password_ends_all_other_sessions():
    minh = citizen()
    here, there = signed_in(minh), signed_in(minh)
    asked = request(here.session.session_key)
    asked.user = minh
    refused(
        "sign_in_failed", signing_in.change_password, asked, minh,
        current="không phải", password="mật khẩu mới tinh", address="a", at=AT,
    )  # fmt: skip
    signing_in.change_password(
        asked, minh, current=PASSWORD, password="mật khẩu mới tinh", address="a", at=AT
    )
    asked.session.save()
    assert get_user(request(asked.session.session_key)) == minh
    assert get_user(request(there.session.session_key)).is_anonymous
    assert attempt("minh@example.vn", "mật khẩu mới tinh")


@pytest.mark.django_db
def test_locking_ends_sessions_and_keys_at_once():
    minh, operator = citizen(), officer("chu.quan", operator=True)
    asked = signed_in(minh)
    _, secret = actions.issue_token(
        user=minh.public_id, label="máy", scopes=[], days=1, actor=minh.actor, at=AT
    )
    actions.lock(user=minh.public_id, actor=operator.actor, at=AT)
    assert get_user(request(asked.session.session_key)).is_anonymous
    assert queries.holder(secret, at=AT) is None
    refused(
        "account_locked",
        actions.sign_in,
        user=minh.public_id,
        factor=Factor.PASSWORD,
        actor=minh.actor,
        at=AT,
    )
    actions.unlock(user=minh.public_id, actor=operator.actor, at=AT)
    assert attempt("minh@example.vn")


@pytest.mark.django_db
def test_the_wait_for_the_second_factor_is_short_and_signs_nobody_in():
    lan = officer()
    asked = request()
    sessions.await_second_factor(asked, lan, at=AT)
    asked.session.save()
    again = request(asked.session.session_key)
    assert get_user(again).is_anonymous
    assert sessions.awaiting_second_factor(again, at=AT + timedelta(minutes=9)) == lan
    assert sessions.awaiting_second_factor(again, at=AT + timedelta(minutes=11)) is None
    assert sessions.awaiting_second_factor(request(), at=AT) is None
    actions.set_password(user=lan.public_id, password="mật khẩu mới tinh", actor=lan.actor, at=AT)
    assert sessions.awaiting_second_factor(again, at=AT + timedelta(minutes=1)) is None
