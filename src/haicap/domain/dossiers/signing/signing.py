"""Ký PDF: one PAdES B-B signature, appended as a revision of its own; no time-stamp server, no network."""

from __future__ import annotations

import io
from datetime import datetime

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers.pdf_signer import PdfSigningSession

from haicap.base.dates import HANOI
from haicap.domain.dossiers.signing.signer import Signer

_ROOM = 16_384  # bytes kept for the signature and its certificates, in hex


class _Writer(IncrementalPdfFileWriter):
    """Appends nothing but the signature: the library would also write the hour of its own clock into the metadata."""

    def _update_meta(self) -> None:
        pass


class _At(PdfSigner):
    """Signs at a given moment instead of the clock's."""

    def __init__(self, at: datetime, meta: PdfSignatureMetadata, signer: Signer) -> None:
        super().__init__(meta, signer.of_pyhanko())
        self._at = at

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def sign_pdf(pdf: bytes, signer: Signer, *, reason: str, name: str, at: datetime) -> bytes:
    """Ký: the same bytes with a signature behind them (PAdES B-B, SHA-256, invisible).

    name  how the signer is shown, beside what the certificate says
    at    the moment of signing (aware), as the signature claims it
    ValueError when `pdf` cannot be read or `at` is not aware.
    """
    if at.tzinfo is None:
        raise ValueError("sign_pdf: `at` must be aware")
    try:
        writer = _Writer(io.BytesIO(pdf))
        count = sum(1 for _ in enumerate_sig_fields(writer.prev))
    except (PdfError, ValueError, OSError) as error:
        raise ValueError(f"sign_pdf: not a PDF that can be signed: {error}") from error
    meta = PdfSignatureMetadata(
        field_name=f"ChuKy{count + 1}",
        md_algorithm="sha256",
        reason=reason,
        name=name,
        subfilter=SigSeedSubFilter.PADES,
    )
    out = io.BytesIO()
    moment = at.astimezone(HANOI).replace(microsecond=0)
    _At(moment, meta, signer).sign_pdf(writer, output=out, bytes_reserved=_ROOM)
    return out.getvalue()
