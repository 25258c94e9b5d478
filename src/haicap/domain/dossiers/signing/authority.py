"""Cơ quan chứng thực thử: a root of our own, made at first use in a folder of the operator.

Without legal value, and its certificates say so. A file holds a key with its certificate, so one appears whole or
not at all: it is written aside and linked to its name, and of several processes the first one wins.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from haicap.base.dates import today
from haicap.base.text import nfc
from haicap.domain.dossiers.signing.signer import Key, Signer, signer_of

ROOT_NAME = "Haicap: chứng thực thử"  # at most 64 bytes, as X.509 wants names
NO_VALUE = "Không có giá trị pháp lý"
ROOT_FROM, ROOT_TO = datetime(2020, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, tzinfo=UTC)
YEARS = 3  # the year of the signature and the two after it
_LONGEST = 64


def demo_root(folder: Path) -> bytes:
    """The root certificate as PEM: what `check_signature` is to trust. Made when the folder has none."""
    return _root(folder).certificate.public_bytes(Encoding.PEM)


def demo_signer(folder: Path, *, name: str, organ: str, at: datetime) -> Signer:
    """The signer with this display name in this organ, certified for the year of `at` and the two after.

    The certificate is issued at first use and kept. ValueError for an empty name.
    """
    name, organ = nfc(name), nfc(organ)
    if not name:
        raise ValueError("demo signer: a name is wanted")
    root = _root(folder)
    year = today(at).year
    digest = hashlib.sha256(f"{name}\0{organ}".encode()).hexdigest()[:32]
    path = folder / f"signer-{digest}-{year}.pem"
    return _kept(path, (root.certificate,)) or _made(
        path, _signer_pem(root, name, organ, year), (root.certificate,)
    )


def _root(folder: Path) -> Signer:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "root.pem"
    return _kept(path, ()) or _made(path, _root_pem(), ())


def _kept(path: Path, chain: tuple[x509.Certificate, ...]) -> Signer | None:
    try:
        pem = path.read_bytes()
    except FileNotFoundError:
        return None
    return signer_of(load_pem_private_key(pem, None), x509.load_pem_x509_certificate(pem), chain)


def _made(path: Path, pem: bytes, chain: tuple[x509.Certificate, ...]) -> Signer:
    """Keep a new one, or take what another process kept meanwhile."""
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):  # the other's is as good, and is already in use
            os.link(aside, path)
    finally:
        Path(aside).unlink()
    kept = _kept(path, chain)
    if kept is None:
        raise FileNotFoundError(path)
    return kept


def _root_pem() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(ROOT_NAME, NO_VALUE)
    key_usage = _usage(signs_certificates=True)
    built = (
        _certificate(name, name, key, ROOT_FROM, ROOT_TO)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(key_usage, critical=True)
    )
    return _pem(key, built.sign(key, hashes.SHA256()))


def _signer_pem(root: Signer, name: str, organ: str, year: int) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    start = datetime(year, 1, 1, tzinfo=UTC) - timedelta(
        days=1
    )  # the year of Viet Nam begins before that of UTC
    end = datetime(year + YEARS, 1, 1, tzinfo=UTC)
    issuer = root.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    built = (
        _certificate(_name(name, organ), root.certificate.subject, key, start, end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer), critical=False)
    )
    return _pem(key, built.sign(root.key, hashes.SHA256()))


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: Key, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str, organ: str) -> x509.Name:
    parts = [
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.ORGANIZATION_NAME, organ[:_LONGEST]),
        (NameOID.COMMON_NAME, _cut(common)),
    ]
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts if text])


def _cut(text: str) -> str:
    """At most 64 bytes of UTF-8, whole letters."""
    return text.encode()[:_LONGEST].decode(errors="ignore")


def _pem(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> bytes:
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + certificate.public_bytes(Encoding.PEM)
