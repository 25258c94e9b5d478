"""What somebody may try with a ticket that is not theirs, or with one that is."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from haicap.base.refused import Refused
from haicap.domain.feedback import actions, policy, queries
from haicap.domain.feedback.actions import Draft, Proof
from haicap.domain.feedback.models import Answer, Attachment, Ticket
from haicap.domain.feedback.rules import Sender
from haicap.domain.feedback.states import Channel, Kind
from haicap.domain.feedback.tests import make
from haicap.domain.feedback.tests.make import ANSWER, MORNING, do, filed, row
from haicap.domain.law import jobs as law_jobs
from haicap.domain.law import queries as law
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.files import actions as files
from haicap.kernel.files import blobs
from haicap.kernel.files.models import Stored

pytestmark = pytest.mark.django_db
ON = MORNING.date()


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code}")


@pytest.fixture
def store(settings, tmp_path):
    """Puts a file where files are kept; its opaque id."""
    settings.FILES_ROOT = tmp_path / "files"

    def put(actor: str, content: bytes = b"plain words"):
        with blobs.receive([content]) as intake:
            return files.store(intake=intake, name="don.txt", actor=actor, at=MORNING).public_id

    return put


@pytest.fixture
def law_loaded(w):
    law_jobs.load_packaged(MORNING)


def test_only_ones_own_files_go_with_a_ticket(w, store) -> None:
    mine, theirs = store(make.WEB), store("somebody-else", b"their words")
    for wrong in ([theirs], [uuid4()], [mine, mine]):
        with refused("no_file"):
            filed(files=wrong)
    made = filed(files=[mine])
    with refused("no_file"):  # one ticket holds it already
        filed(files=[mine], text="Việc khác hẳn, cùng một tệp đã gửi lần trước.")
    do_more = {"code": made.code, "texts": ["Thêm"], "proof": Proof(key=made.key), "actor": make.WEB}
    with refused("no_file"):
        actions.write_more(**do_more, at=MORNING, files=[theirs])
    assert Attachment.objects.count() == 1


def test_what_is_erased_is_gone(w, store) -> None:
    words = Draft(
        "Ông Không Có Thật đến nhận tiền hỗ trợ ngày mai.", public=False, private_reason="việc riêng"
    )
    file = store(make.WEB)
    made = make.answered(w, draft=words, files=[file])
    do(actions.erase_ticket, made.code, w.leader)
    assert not Stored.objects.filter(public_id=file).exists() and not Attachment.objects.exists()
    kept = queries.followed(made.code, key=made.key)
    assert (kept.files, kept.ticket.text) == ([], "")
    assert kept.ticket.answer is not None and kept.ticket.answer.text == "—"
    with refused("not_now"):
        actions.reopen(
            code=made.code, reason="Chưa xong", proof=Proof(key=made.key), actor=make.WEB, at=MORNING
        )


def test_an_answer_for_others_too_outlives_one_of_them(w) -> None:
    one, other = (filed(sender=Sender(f"Người Số {n} Nọ", f"091234567{n}")).code for n in range(2))
    words = Draft("Đã chuyển tiền hỗ trợ.", public=False, private_reason="việc riêng")
    for code in (one, other):
        do(actions.accept, code, w.officer)
    seen = {c: row(c).version for c in (one, other)}
    actions.draft_answer(codes=[one, other], draft=words, seen=seen, actor=w.officer.actor, at=MORNING)
    do(actions.submit_answer, one, w.officer)
    do(actions.approve_answer, one, w.leader)
    do(actions.erase_ticket, one, w.leader)
    assert Answer.objects.get().text == words.text
    do(actions.erase_ticket, other, w.leader)
    assert Answer.objects.get().text == "—"


def test_nobody_approves_words_they_did_not_see(w) -> None:
    """A draft for two tickets is written anew from the one; the page of the other is stale then."""
    one, other = (filed(sender=Sender(f"Người Số {n} Nọ", f"091234567{n}")).code for n in range(2))
    for code in (one, other):
        do(actions.accept, code, w.officer)
    seen = {c: row(c).version for c in (one, other)}
    actions.draft_answer(codes=[one, other], draft=ANSWER, seen=seen, actor=w.officer.actor, at=MORNING)
    do(actions.submit_answer, one, w.officer)
    read = row(other).version  # the leader reads this page
    make.drafted(one, w.officer, draft=Draft("Lời khác hẳn.", public_question="Hỏi?", public_text="Khác."))
    with refused("stale"):
        actions.approve_answer(code=other, seen=read, actor=w.leader.actor, at=MORNING)


def test_who_left_the_organ_sees_its_tickets_no_more(w) -> None:
    made = filed()
    do(actions.accept, made.code, w.officer)
    assert row(made.code).assignee == w.officer.actor
    Ticket.objects.filter(code=made.code).update(assignee=w.neighbour.actor)  # held it, works elsewhere now
    with refused("not_found"):
        policy.look(made.code, actor=w.neighbour.actor, on=ON)


def test_an_officer_who_complains_is_a_sender(w) -> None:
    me = Sender("Nguyễn Không Có Thật", "0912345678", user=w.neighbour.actor)
    made = filed(actor=w.neighbour.actor, sender=me, kind=Kind.OFFICER)
    do(actions.note, made.code, w.province, text="Chuyện nội bộ")
    with refused("not_found"):
        queries.whole(made.code, actor=w.neighbour.actor, on=ON)
    assert queries.followed(made.code, actor=w.neighbour.actor).remarks == []


def test_nobody_stands_in_from_another_house(w) -> None:
    values = {"officer": w.officer.actor, "since": ON, "until": None, "actor": w.officer.actor, "at": MORNING}
    with refused("not_there"):
        actions.note_absence(**values, stand_in=w.neighbour.actor)
    actions.note_absence(**values, stand_in=w.leader.actor)  # the chairman is of the committee's house


def test_codes_and_subjects_of_other_organs_are_not_shown_beside(w) -> None:
    made = make.answered(w)
    do(actions.publish_answer, made.code, w.officer)
    elsewhere = filed(unit=make.neighbour_of(w.register), sender=Sender("Người khác", "0987654321"))
    do(actions.reuse_answer, elsewhere.code, w.neighbour, answer=row(made.code).answer.code)
    assert queries.whole(elsewhere.code, actor=w.neighbour.actor, on=ON).together == []
    scope = policy.visible_to(w.neighbour.actor, ON)
    assert [like.ticket.code for like in queries.near_duplicates(make.TEXT, scope)] == [elsewhere.code]


def test_open_data_holds_no_words_of_anybody(w) -> None:
    filed(field="Ông Không Có Thật, 0912345678", procedure="hang xom toi")
    lines = list(queries.open_data(ON, ON + timedelta(days=1)))
    assert len(lines) == 1 and len(lines[0]) == len(queries.OPEN_COLUMNS)
    found = dict(zip(queries.OPEN_COLUMNS, lines[0], strict=True))
    assert (found["field"], found["procedure"], found["kind"]) == ("", "", "procedure")


def test_a_private_answer_is_not_read_at_its_clause(w, law_loaded) -> None:
    doc = next(iter(law.corpus().by_slug))
    asked = "Nguyễn Thị Không Có Thật, số 0912345678, hỏi điều này áp dụng thế nào."
    made = filed(
        actor=w.officer.actor,
        kind=Kind.LOCALITY,
        channel=Channel.DESK,
        document=doc,
        text=asked,
        sender=make.WHO,
    )
    problem = row(made.code).problem_code
    question = law.problem(problem).question
    assert "Không Có Thật" not in question and "0912345678" not in question
    holder, leader = (
        appointed(f"giu-{r}", row(made.code).organ.kind, r) for r in (Role.OFFICER, Role.LEADER)
    )
    make.drafted(made.code, holder, draft=Draft("Trả lời riêng.", public=False, private_reason="mật"))
    do(actions.submit_answer, made.code, holder)
    do(actions.approve_answer, made.code, leader)
    assert (law.problem(problem).state, law.problem(problem).answer) == ("open", "")


def test_a_public_answer_is_read_at_its_clause_once_it_is_public(w, law_loaded) -> None:
    doc = next(iter(law.corpus().by_slug))
    made = filed(actor=w.officer.actor, kind=Kind.LOCALITY, channel=Channel.DESK, document=doc)
    problem = row(made.code).problem_code
    holder, leader = (
        appointed(f"giu-{r}", row(made.code).organ.kind, r) for r in (Role.OFFICER, Role.LEADER)
    )
    make.drafted(made.code, holder)
    do(actions.submit_answer, made.code, holder)
    do(actions.approve_answer, made.code, leader)
    assert law.problem(problem).state == "open"
    do(actions.publish_answer, made.code, holder)
    assert (law.problem(problem).state, law.problem(problem).answer) == ("answered", ANSWER.public_text)
