"""Người ký: a private key with its certificate and the chain above it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from asn1crypto import keys  # type: ignore[import-untyped]  # no stubs
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that may sign. `name` and `organ` are what its certificate says; the key is never shown."""

    name: str
    organ: str
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    key: Key = field(repr=False)

    def of_pyhanko(self) -> SimpleSigner:
        """The same as the signing library wants it."""
        store = SimpleCertificateStore.from_certs([_asn1(each) for each in self.chain])  # type: ignore[no-untyped-call]  # of pyHanko
        private = self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return SimpleSigner(
            _asn1(self.certificate), keys.PrivateKeyInfo.load(private), store, embed_roots=False
        )


def signer_of(
    key: object, certificate: x509.Certificate | None, chain: tuple[x509.Certificate, ...]
) -> Signer:
    """A signer of its parts. ValueError when the key is not RSA or EC, or is not the certificate's."""
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) or certificate is None:
        raise ValueError("signer: a certificate with its RSA or EC private key is wanted")
    if key.public_key() != certificate.public_key():
        raise ValueError("signer: the private key is not the certificate's")
    said = certificate.subject
    return Signer(
        _said(said, NameOID.COMMON_NAME), _said(said, NameOID.ORGANIZATION_NAME), certificate, chain, key
    )


def pkcs12_signer(path: Path, password: str) -> Signer:
    """The operator's own certificate, from a PKCS#12 file. OSError when it cannot be read, ValueError when it is no
    such file, the password is wrong, or it has no usable key."""
    found = pkcs12.load_pkcs12(path.read_bytes(), password.encode() if password else None)
    return signer_of(
        found.key,
        found.cert.certificate if found.cert else None,
        tuple(each.certificate for each in found.additional_certs),
    )


def _said(subject: x509.Name, what: x509.ObjectIdentifier) -> str:
    return next((str(each.value) for each in subject.get_attributes_for_oid(what)), "")


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
