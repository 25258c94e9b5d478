"""Kiểm tra chữ ký: whose it is, whether the file is as it was signed, and whether we trust who vouches for it."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509 as asn1_x509  # type: ignore[import-untyped]  # no stubs
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

# The verdict says what was wrong; the library would log it with the names of the people.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)

LARGEST = 50_000_000  # bytes; no paper of ours is larger


@dataclass(frozen=True, slots=True)
class Verdict:
    """Kết luận về một tệp.

    valid              signed, intact, covering the whole file, and trusted
    signer_name, organ what the certificate says; empty when there is no signature that can be read
    signed_at          the moment the signature claims; no time-stamp vouches for it
    covers_whole_file  nothing was appended after the (last) signature
    intact             every signed byte is as it was signed, and the signature is by the certificate's key
    trusted            a trust root vouches for the certificate, at the moment asked for; whether this person may
                       sign this paper is another question, which only the record of the dossier answers
    problem            for the log, in English; empty when valid
    """

    valid: bool
    signer_name: str = ""
    organ: str = ""
    signed_at: datetime | None = None
    covers_whole_file: bool = False
    intact: bool = False
    trusted: bool = False
    problem: str = ""


def check_signature(pdf: bytes, trust_roots: Sequence[bytes], *, at: datetime) -> Verdict:
    """Judge the last signature of a file; the ones before it must be intact too.

    trust_roots  certificates, PEM or DER; ValueError when one cannot be read
    at           moment (aware) at which the certificates must be valid: the recorded moment of signing for a paper
                 we issued, the present for any other

    Any file gives a verdict, hostile ones included: whatever breaks the reader is not signed validly.
    """
    roots = [_certificate(each) for each in trust_roots]
    if len(pdf) > LARGEST:
        return Verdict(valid=False, problem=f"{len(pdf)} bytes are more than {LARGEST}")
    try:
        return _judged(pdf, ValidationContext(trust_roots=roots, allow_fetching=False, moment=at))
    except Exception as error:
        return Verdict(valid=False, problem=f"unreadable: {type(error).__name__}: {error}"[:300])


def _certificate(text: bytes) -> asn1_x509.Certificate:
    pem = text.lstrip().startswith(b"-----")
    read = x509.load_pem_x509_certificate(text) if pem else x509.load_der_x509_certificate(text)
    return asn1_x509.Certificate.load(read.public_bytes(Encoding.DER))


def _judged(pdf: bytes, context: ValidationContext) -> Verdict:
    signatures = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    if not signatures:
        return Verdict(valid=False, problem="no signature")
    found = [(each, _status(each, context)) for each in signatures]
    last, status = found[-1]
    intact = all(each.intact and each.valid for _, each in found)
    intact = intact and all(
        each.docmdp_ok for _, each in found[:-1]
    )  # what came between may only be signatures
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    wrong = [] if intact else ["altered after signing"]
    wrong += [] if whole else ["something was appended after the signature"]
    wrong += [] if status.trusted else [f"not trusted ({status.trust_problem_indic})"]
    subject = last.signer_cert.subject.native
    return Verdict(
        valid=not wrong,
        signer_name=str(subject.get("common_name", "")),
        organ=str(subject.get("organization_name", "")),
        signed_at=last.self_reported_timestamp,
        covers_whole_file=whole,
        intact=intact,
        trusted=status.trusted,
        problem="; ".join(wrong),
    )


def _status(signature: EmbeddedPdfSignature, context: ValidationContext) -> PdfSignatureStatus:
    return validate_pdf_signature(signature, context, diff_policy=DEFAULT_DIFF_POLICY)
