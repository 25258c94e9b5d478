"""Two at once: one catalogue is loaded, once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection

from haicap.base.refused import Refused
from haicap.domain.procedures import actions, queries
from haicap.domain.procedures.models import Procedure, ProcedureVersion
from haicap.domain.procedures.packaged.catalogue import package
from haicap.kernel.ledger.models import Event

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_two_workers_load_one_catalogue() -> None:
    small = package([(n, {"code": f"1.{n:06d}", "name_vi": f"Thủ tục {n}"}) for n in range(50)], {})
    start, ends = threading.Barrier(2), list[str]()

    def load() -> None:
        start.wait(60)
        try:
            actions.load_catalogue(actor="system", at=AT, package=small)
            ends.append("loaded")
        except Refused as refused:
            ends.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=load) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(ends) == ["already_loaded", "loaded"]
    assert Procedure.objects.count() == ProcedureVersion.objects.count() == 50
    assert Event.objects.filter(kind="procedures.catalogue_loaded").count() == 1
    assert queries.generation() == 1


@pytest.mark.django_db(transaction=True)
def test_a_load_that_breaks_leaves_nothing(monkeypatch) -> None:
    from haicap.domain.procedures.actions import loading

    def broken(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    small = package([(1, {"code": "1.000001", "name_vi": "Thủ tục"})], {})
    monkeypatch.setattr(loading, "_helps", broken)
    with pytest.raises(OSError, match="disk"):
        actions.load_catalogue(actor="system", at=AT, package=small)
    assert not queries.loaded()
    assert Procedure.objects.count() == Event.objects.count() == 0
    monkeypatch.undo()
    assert actions.load_catalogue(actor="system", at=AT, package=small) == 1
