"""Ký số: PAdES signatures on results, by the operator's certificate or a demo authority, and their check. Pure."""

from haicap.domain.dossiers.signing.authority import demo_root, demo_signer
from haicap.domain.dossiers.signing.checking import Verdict, check_signature
from haicap.domain.dossiers.signing.signer import Signer, pkcs12_signer
from haicap.domain.dossiers.signing.signing import sign_pdf

__all__ = [
    "Signer",
    "Verdict",
    "check_signature",
    "demo_root",
    "demo_signer",
    "pkcs12_signer",
    "sign_pdf",
]
