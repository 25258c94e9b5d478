"""Giấy tờ đi ra: how results are set in type and signed, and which pages the QR codes of papers lead to.

The libraries that set type and sign are imported when the first paper is made: every command would wait for them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from haicap.base.dates import read_date
from haicap.domain.dossiers.actions import Paper
from haicap.domain.procedures.content import Source, Words

if TYPE_CHECKING:
    from haicap.domain.dossiers.signing import Signer, Verdict

REASON, COPY_REASON = "Ký ban hành kết quả giải quyết thủ tục hành chính", "Cấp bản sao kết quả"
DAYS = (Source.RECEIVED_ON, Source.DECIDED_ON)


def tracking(code: str) -> str:
    """The page on which a dossier is followed; the QR code of its slips."""
    return f"{settings.SITE_URL.rstrip('/')}/tra-cuu-ho-so/?ma={code}"


def checking(key: str) -> str:
    """The public page that checks a result; the QR code on it."""
    return f"{settings.SITE_URL.rstrip('/')}/kiem-tra/{key}/"


def made(paper: Paper) -> bytes:
    """A result as a signed PDF. ValueError when it cannot be set in type."""
    from haicap.domain.dossiers.documents import render_result
    from haicap.domain.dossiers.documents.results import Issue
    from haicap.domain.dossiers.signing import sign_pdf

    template = paper.found.content.result_template
    if paper.copy:
        template = replace(template, title=Words(f"{template.title.vi} (bản sao)", template.title.en))
    values = {key: read_date(text) if key in DAYS and text else text for key, text in paper.values.items()}
    issue = Issue(paper.at, checking(paper.key), paper.signer_title or paper.organ, paper.place)
    pdf = render_result(template, values, issue)
    return sign_pdf(
        pdf, signer_of(paper), reason=COPY_REASON if paper.copy else REASON, name=paper.signer, at=paper.at
    )


def signer_of(paper: Paper) -> Signer:
    """The operator's own certificate; without one the demo authority's for this person, which has no legal value."""
    if settings.SIGNING_P12:
        return _own(settings.SIGNING_P12, settings.SIGNING_PASSWORD)
    return _demo(paper.signer, paper.organ, paper.at.year)


@cache
def _own(path: str, password: str) -> Signer:
    from haicap.domain.dossiers.signing import pkcs12_signer

    return pkcs12_signer(Path(path), password)


@cache
def _demo(name: str, organ: str, year: int) -> Signer:
    from haicap.domain.dossiers.signing import demo_signer

    at = datetime.fromisoformat(f"{year}-07-01T00:00:00+07:00")
    return demo_signer(folder(), name=name, organ=organ, at=at)


def folder() -> Path:
    """Where the demo authority keeps its keys."""
    return Path(settings.DATA) / "signing"


def judged(content: bytes, at: datetime) -> Verdict:
    """Whether a file carries a signature of ours; the certificates count as of the instant."""
    from haicap.domain.dossiers.signing import check_signature

    return check_signature(content, trusted(), at=at)


def trusted() -> list[bytes]:
    """Certificates (PEM) that a signature of ours must lead to."""
    from cryptography.hazmat.primitives.serialization import Encoding

    from haicap.domain.dossiers.signing import demo_root

    if not settings.SIGNING_P12:
        return [demo_root(folder())]
    own = _own(settings.SIGNING_P12, settings.SIGNING_PASSWORD)
    return [each.public_bytes(Encoding.PEM) for each in (own.chain[-1:] or (own.certificate,))]
