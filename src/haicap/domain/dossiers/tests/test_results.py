"""Results: typeset, signed, checked, copied, revoked; the result goes back to where it was filed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from haicap.base.refused import Refused
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.models import Result
from haicap.domain.dossiers.queries import proving
from haicap.domain.dossiers.states import Outcome, State
from haicap.domain.dossiers.tests import make
from haicap.domain.dossiers.tests.make import MORNING, do
from haicap.kernel.files import queries as files


def refused(code: str, verb, *args, **values) -> Refused:
    with pytest.raises(Refused) as found:
        verb(*args, **values)
    assert found.value.code == code
    return found.value


def content_of(result: Result) -> bytes:
    return b"".join(files.chunks(result.file))


def signed(w: make.World):
    row = do(actions.sign, make.decided(w), w.leader)
    return row, Result.objects.get(dossier_id=row.id, n=1)


def test_a_result_is_signed_and_anybody_can_check_it(w) -> None:
    row, result = signed(w)
    assert (result.number, result.signer_name) == ("1/2026", "Dung")
    assert result.organ_name == queries.office(w.committee, MORNING.date()).name
    content = content_of(result)
    assert content.startswith(b"%PDF-1.")
    proof = proving.proved(queries.result_by_key(result.key), content, at=MORNING)
    assert proof.same
    assert proof.signature.valid, proof.signature.problem
    assert proof.signature.signer_name == "Dung"
    altered = proving.proved(result, content + b"\n% one more line", at=MORNING)
    assert not altered.same
    assert not altered.signature.valid
    done = do(actions.finish, row, w.officer)
    assert (done.state, make.row_of(done).papers_at_id) == (State.DONE, w.centre)


def test_numbers_of_an_organ_run_on_within_the_year_and_begin_again(w) -> None:
    first, second = signed(w)[1], signed(w)[1]
    assert (first.number, second.number) == ("1/2026", "2/2026")
    given = do(actions.sign, make.decided(w), w.leader, number="77/XN")
    assert Result.objects.get(dossier_id=given.id).number == "77/XN"
    next_year = make.at("2026-12-31 09:00")
    late = do(
        actions.sign, make.decided(w, next_year), w.leader, make.at("2026-12-31 23:59") + timedelta(minutes=2)
    )
    assert Result.objects.get(dossier_id=late.id).number == "1/2027"


def test_only_a_decision_is_signed_and_only_once(w) -> None:
    refused("not_decided", do, actions.sign, make.taken_up(w), w.leader)
    row, _ = signed(w)
    refused("signed_already", do, actions.sign, row, w.leader)
    refused("not_yours", do, actions.sign, row, w.officer)


def test_a_copy_says_so_and_falls_with_the_original(w) -> None:
    row, result = signed(w)
    done = do(actions.finish, row, w.officer)
    copied = do(actions.copy_result, done, w.deputy, result=result.public_id)
    copy = Result.objects.get(dossier_id=row.id, n=2)
    assert (copy.copy_of_id, copy.number, copy.signer_name) == (result.pk, result.number, "Pho")
    assert copy.key != result.key
    assert proving.proved(copy, content_of(copy), at=MORNING).signature.valid
    gone = do(
        actions.revoke_result,
        copied,
        w.leader,
        MORNING + timedelta(days=1),
        result=result.public_id,
        reason="Sai tên.",
    )
    both = Result.objects.filter(dossier_id=row.id).order_by("n")
    assert [r.revoked_for for r in both] == ["Sai tên.", "Sai tên."]
    assert all(r.file is not None for r in both)  # the papers stay on record
    refused("revoked", do, actions.copy_result, gone, w.leader, result=result.public_id)
    refused("revoked", do, actions.revoke_result, gone, w.leader, result=result.public_id, reason="Lần nữa.")


def test_a_revoked_result_is_signed_anew_also_after_it_went_out(w) -> None:
    row, result = signed(w)
    refused("no_reason", do, actions.revoke_result, row, w.leader, result=result.public_id, reason=" ")
    refused("not_found", do, actions.revoke_result, row, w.leader, result=make.stored("x"), reason="Sai.")
    row = do(actions.revoke_result, row, w.leader, result=result.public_id, reason="Sai tên.")
    refused("not_signed", do, actions.finish, row, w.officer)
    row = do(actions.sign, row, w.leader)
    out = do(actions.hand_out, do(actions.finish, row, w.officer), w.reception)
    second = Result.objects.get(dossier_id=row.id, n=2)
    again = do(actions.revoke_result, out, w.leader, result=second.public_id, reason="Sai ngày.")
    again = do(actions.sign, again, w.leader)
    assert again.state == State.RETURNED
    assert [r.number for r in Result.objects.filter(dossier_id=row.id).order_by("n")] == [
        "1/2026",
        "2/2026",
        "3/2026",
    ]


def test_a_result_that_cannot_be_set_in_type_is_refused_in_words(w, monkeypatch) -> None:
    def broken(paper: actions.Paper) -> bytes:
        raise ValueError("result: missing signer.name")

    row = make.decided(w)
    monkeypatch.setattr(actions.results._slot, "make", broken)
    refused("not_printable", do, actions.sign, row, w.leader)
    monkeypatch.setattr(actions.results._slot, "make", None)
    refused("no_signing", do, actions.sign, row, w.leader)
    assert make.row_of(row).version == row.version


def test_a_refusal_is_a_decision_too_and_needs_a_reason(w) -> None:
    row = make.taken_up(w)
    refused("no_reason", do, actions.decide, row, w.leader, outcome=Outcome.DENIED)
    row = do(actions.decide, row, w.leader, outcome=Outcome.DENIED, reason="Không đủ điều kiện.")
    assert make.whole_of(row).remarks[0].text == "Không đủ điều kiện."
