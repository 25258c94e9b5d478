"""Sức khỏe: for machines that watch. `live` says the process answers, `ready` that it can serve."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from haicap.base.refused import Refused
from haicap.domain.units import queries


@dataclass(frozen=True, slots=True)
class Register:
    """A register as the status page lists it: how much of it is loaded. The first page needs `required` ones."""

    name: str
    generation: int
    done: int
    total: int
    required: bool = True

    @property
    def ready(self) -> bool:
        """All of it is there."""
        return self.total > 0 and self.done >= self.total


def _units() -> Register:
    generation = queries.generation()
    return Register("units", generation, int(generation > 0), 1)


# A register added later puts its own probe here (config/wiring.py); it may load behind the running site.
REGISTERS: dict[str, Callable[[], Register]] = {"units": _units}


def registers() -> list[Register]:
    """Every register with its progress."""
    return [probe() for probe in REGISTERS.values()]


def live(request: HttpRequest) -> JsonResponse:
    """200: the process answers. Touches nothing else."""
    return JsonResponse({"status": "live"})


def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and every required register is loaded; 503 says what is missing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        known = registers()
    except (DatabaseError, Refused) as error:
        missing: Mapping[str, object] = {"status": "not_ready", "database": type(error).__name__}
        return JsonResponse(missing, status=503)
    loading = [r.name for r in known if not r.ready]
    blocked = [r.name for r in known if r.required and not r.ready]
    values = {
        "status": "not_ready" if blocked else "ready",
        "database": "ok",
        "loading": loading,
        "registers": {r.name: {"generation": r.generation, "done": r.done, "total": r.total} for r in known},
    }
    return JsonResponse(values, status=503 if blocked else 200)
