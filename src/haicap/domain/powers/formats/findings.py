"""Phát hiện ra tệp: a finding as the command and the API tell it (docs/contracts.md, Powers)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from haicap.domain.powers.detectors import Finding
from haicap.domain.powers.states import FindingKind


def document(finding: Finding) -> dict[str, Any]:
    """One finding, keys in the order of the contract; an omission says its reason, a collision with a letter its note."""
    told: dict[str, Any] = {
        "kind": finding.kind.value,
        "power": finding.power,
        "role": finding.role.value,
        "units": sorted(finding.units),
        "interval": [day.isoformat() if day else None for day in (finding.since, finding.until)],
        "case": finding.case,
        "citations": list(finding.citations),
    }
    if finding.kind is FindingKind.OMISSION:
        told["reason"] = str(finding.reason)
    if finding.note:
        told["note"] = finding.note
    return told


def documents(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """All of them."""
    return [document(finding) for finding in findings]
