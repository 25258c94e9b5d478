"""The assistant over the packaged facts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from haicap.config.packaged_facts import Packaged
from haicap.edges.assistant import facts


@pytest.fixture(scope="module")
def packaged() -> Packaged:
    return Packaged()


@pytest.fixture(autouse=True)
def wired(packaged: Packaged) -> Iterator[None]:
    before = facts.facts() if facts._wired else None
    facts.wire(packaged)
    yield
    if before is not None:
        facts.wire(before)
