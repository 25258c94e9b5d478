"""Ký số: what was signed is judged valid, and whatever was done to it afterwards is seen."""

from __future__ import annotations

import io
import multiprocessing
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from haicap.base.dates import HANOI
from haicap.domain.dossiers.documents import TT03, render_slip
from haicap.domain.dossiers.signing import (
    Verdict,
    check_signature,
    demo_root,
    demo_signer,
    pkcs12_signer,
    sign_pdf,
)
from haicap.domain.dossiers.signing.signer import signer_of
from haicap.domain.dossiers.tests.papers import paper

AT = datetime(2026, 11, 20, 15, 0, tzinfo=HANOI)
NAME, ORGAN = "Phạm Quốc Bảo", "Ủy ban nhân dân phường Ba Đình"
PDF = render_slip("03", TT03, paper("03"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("authority") / "keys"


@pytest.fixture(scope="module")
def signed(folder: Path) -> bytes:
    return sign(PDF, folder)


def sign(pdf: bytes, folder: Path, at: datetime = AT, name: str = NAME) -> bytes:
    signer = demo_signer(folder, name=name, organ=ORGAN, at=at)
    return sign_pdf(pdf, signer, reason="Ký kết quả", name=name, at=at)


def judge(pdf: bytes, folder: Path, at: datetime = AT) -> Verdict:
    return check_signature(pdf, [demo_root(folder)], at=at)


# --- good ones ----------------------------------------------------------------------------------------------
def test_what_was_signed_is_valid(signed: bytes, folder: Path) -> None:
    assert judge(signed, folder) == Verdict(
        valid=True,
        signer_name=NAME,
        organ=ORGAN,
        signed_at=AT,
        covers_whole_file=True,
        intact=True,
        trusted=True,
        problem="",
    )


def test_the_signed_file_is_the_paper_with_something_behind_it(signed: bytes) -> None:
    assert signed.startswith(PDF)
    reader = pypdf.PdfReader(io.BytesIO(signed))
    assert reader.pages[0].extract_text() == pypdf.PdfReader(io.BytesIO(PDF)).pages[0].extract_text()
    assert reader.metadata == pypdf.PdfReader(io.BytesIO(PDF)).metadata, "no clock but `at`"
    (field,) = reader.get_fields().values()  # type: ignore[union-attr]
    signature = field["/V"]
    assert signature["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature["/M"] == "D:20261120150000+07'00'"
    assert signature["/Reason"] == "Ký kết quả"
    assert signature["/Name"] == NAME


def test_a_second_signature_keeps_the_first(signed: bytes, folder: Path) -> None:
    twice = sign(signed, folder, AT + timedelta(hours=1), "Lê Thu Trang")
    verdict = judge(twice, folder)
    assert verdict.valid
    assert verdict.signer_name == "Lê Thu Trang"
    assert verdict.signed_at == AT + timedelta(hours=1)


def test_der_roots_and_several_roots(signed: bytes, folder: Path, tmp_path: Path) -> None:
    der = x509.load_pem_x509_certificate(demo_root(folder)).public_bytes(Encoding.DER)
    assert check_signature(signed, [demo_root(tmp_path / "other"), der], at=AT).valid


# --- what is done to it afterwards --------------------------------------------------------------------------
def test_every_altered_byte_is_seen(signed: bytes, folder: Path) -> None:
    """Only the place of the signature itself cannot be under it: there an altered byte may be harmless, never useful."""
    start = signed.index(b"/Contents <") + len(b"/Contents <")
    end = signed.index(b">", start)
    spots = {*range(0, len(signed), len(signed) // 150), *range(start - 40, start), *range(end, end + 40)}
    for n in sorted(spots):
        verdict = judge(signed[:n] + bytes([signed[n] ^ 1]) + signed[n + 1 :], folder)
        assert not verdict.valid or (start <= n < end and verdict.signer_name == NAME), f"byte {n}"


def test_an_altered_letter(signed: bytes, folder: Path) -> None:
    at = signed.index(b"stream") + 50
    verdict = judge(signed[:at] + b"X" + signed[at + 1 :], folder)
    assert (verdict.valid, verdict.intact) == (False, False)
    assert "altered" in verdict.problem


def test_an_appended_revision(signed: bytes, folder: Path) -> None:
    writer = pypdf.PdfWriter(io.BytesIO(signed), incremental=True)
    writer.add_metadata({"/Title": "Giấy khác"})
    out = io.BytesIO()
    writer.write(out)
    appended = out.getvalue()
    assert appended.startswith(signed) and len(appended) > len(signed)
    verdict = judge(appended, folder)
    assert (verdict.valid, verdict.covers_whole_file) == (False, False)
    assert verdict.signer_name == NAME, "the signature itself is still read"


@pytest.mark.parametrize("tail", [b"\n", b"%%EOF\n", b"\0" * 2000, b"<script>", b"PK\x03\x04"])
def test_appended_bytes(signed: bytes, folder: Path, tail: bytes) -> None:
    assert not judge(signed + tail, folder).valid


def test_a_revision_between_two_signatures(signed: bytes, folder: Path) -> None:
    writer = pypdf.PdfWriter(io.BytesIO(signed), incremental=True)
    writer.pages[0].merge_page(pypdf.PdfReader(io.BytesIO(render_slip("01", TT03, paper("01")))).pages[0])
    out = io.BytesIO()
    writer.write(out)
    verdict = judge(sign(out.getvalue(), folder), folder)
    assert (verdict.valid, verdict.intact) == (False, False)
    assert verdict.covers_whole_file


def test_a_stripped_signature(signed: bytes, folder: Path) -> None:
    assert judge(PDF, folder) == Verdict(valid=False, problem="no signature")
    cut = pypdf.PdfWriter(clone_from=io.BytesIO(signed))
    del cut.root_object["/AcroForm"]
    out = io.BytesIO()
    cut.write(out)
    assert not judge(out.getvalue(), folder).valid


def test_a_signature_moved_to_another_paper(signed: bytes, folder: Path) -> None:
    other = render_slip("03", TT03, paper("03", applicant="Trần Đức Long"))
    assert not judge(other + signed[len(PDF) :], folder).valid


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_any_file_gets_a_verdict(junk: bytes) -> None:
    assert not check_signature(junk, [], at=AT).valid
    assert not check_signature(b"%PDF-1.7\n" + junk + b"\nstartxref\n0\n%%EOF", [], at=AT).valid


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.999])
def test_a_file_cut_short(signed: bytes, folder: Path, part: float) -> None:
    assert not judge(signed[: int(len(signed) * part)], folder).valid


# --- who vouches --------------------------------------------------------------------------------------------
def test_an_authority_nobody_knows(signed: bytes, tmp_path: Path) -> None:
    verdict = judge(signed, tmp_path)
    assert (verdict.valid, verdict.intact, verdict.covers_whole_file, verdict.trusted) == (
        False,
        True,
        True,
        False,
    )
    assert not check_signature(signed, [], at=AT).trusted


@pytest.mark.parametrize("at", [datetime(2029, 1, 2, tzinfo=UTC), datetime(2025, 12, 1, tzinfo=UTC)])
def test_a_certificate_out_of_its_time(signed: bytes, folder: Path, at: datetime) -> None:
    verdict = judge(signed, folder, at)
    assert (verdict.valid, verdict.intact, verdict.trusted) == (False, True, False)
    assert "not trusted" in verdict.problem


def test_a_certificate_signed_by_a_signer_is_no_signer(folder: Path) -> None:
    officer = demo_signer(folder, name=NAME, organ=ORGAN, at=AT)
    key = ec.generate_private_key(ec.SECP256R1())
    forged = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Chủ tịch")]))
        .issuer_name(officer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(AT - timedelta(days=1))
        .not_valid_after(AT + timedelta(days=1))
        .sign(officer.key, officer.certificate.signature_hash_algorithm)
    )
    signer = signer_of(key, forged, (officer.certificate, *officer.chain))
    verdict = judge(sign_pdf(PDF, signer, reason="", name="Chủ tịch", at=AT), folder)
    assert (verdict.valid, verdict.trusted) == (False, False)


def test_a_root_that_cannot_be_read(signed: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        check_signature(signed, [b"not a certificate"], at=AT)


# --- the demo authority -------------------------------------------------------------------------------------
def test_keys_are_their_owner_s(folder: Path, signed: bytes) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = list(folder.iterdir())
    assert "root.pem" in {file.name for file in files}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert not any(file.name.startswith(".") for file in files), "nothing half-made stays"


def test_a_name_has_one_certificate_a_year(tmp_path: Path) -> None:
    def serial(name: str = NAME, organ: str = ORGAN, at: datetime = AT) -> int:
        return demo_signer(tmp_path, name=name, organ=organ, at=at).certificate.serial_number

    assert serial() == serial() == serial(name=f"  {NAME}  ", at=AT + timedelta(days=30))
    assert len({serial(), serial(name="Khác"), serial(organ="Khác"), serial(at=AT + timedelta(days=60))}) == 4


@pytest.mark.parametrize(
    "at", [datetime(2026, 1, 1, 0, 0, tzinfo=HANOI), datetime(2026, 12, 31, 23, 59, tzinfo=HANOI)]
)
def test_the_ends_of_a_year(tmp_path: Path, at: datetime) -> None:
    assert judge(sign(PDF, tmp_path, at), tmp_path, at).valid


def test_long_names_are_cut_between_letters(tmp_path: Path) -> None:
    signer = demo_signer(tmp_path, name="Ễ" * 100, organ="Ử" * 200, at=AT)
    assert signer.name == "Ễ" * 21
    assert signer.organ == "Ử" * 64
    with pytest.raises(ValueError, match="name"):
        demo_signer(tmp_path, name=" ", organ=ORGAN, at=AT)


def test_a_signer_never_shows_the_key(tmp_path: Path) -> None:
    assert "key" not in repr(demo_signer(tmp_path, name=NAME, organ=ORGAN, at=AT)).lower()


def _first(
    folder: str, gate: multiprocessing.synchronize.Barrier, answers: multiprocessing.Queue[bytes]
) -> None:
    gate.wait(30)
    signed = sign(PDF, Path(folder))
    answers.put(signed)


def test_two_processes_make_one_authority(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    for n in range(3):
        folder = tmp_path / f"keys{n}"
        gate, answers = context.Barrier(2), context.Queue()
        both = [context.Process(target=_first, args=(str(folder), gate, answers)) for _ in range(2)]
        for process in both:
            process.start()
        made = [answers.get(timeout=60) for _ in both]
        for process in both:
            process.join(60)
        assert [process.exitcode for process in both] == [0, 0]
        assert all(judge(pdf, folder).valid for pdf in made)
        assert len(list(folder.iterdir())) == 2, "one root and one signer"


# --- the operator's own certificate -------------------------------------------------------------------------
def _pkcs12(path: Path, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, password: bytes) -> bytes:
    name = x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGAN), x509.NameAttribute(NameOID.COMMON_NAME, NAME)
    ])  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(AT - timedelta(days=1))
        .not_valid_after(AT + timedelta(days=365))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = BestAvailableEncryption(password)
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"ky", key, certificate, None, secret))
    return certificate.public_bytes(Encoding.PEM)


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_the_operator_s_certificate(tmp_path: Path, kind: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)
    path = tmp_path / "ky.p12"
    root = _pkcs12(path, key, "mật khẩu".encode())
    signer = pkcs12_signer(path, "mật khẩu")
    assert (signer.name, signer.organ) == (NAME, ORGAN)
    verdict = check_signature(sign_pdf(PDF, signer, reason="Ký", name=NAME, at=AT), [root], at=AT)
    assert verdict.valid
    assert verdict.signer_name == NAME


def test_a_wrong_password_or_file(tmp_path: Path) -> None:
    path = tmp_path / "ky.p12"
    _pkcs12(path, ec.generate_private_key(ec.SECP256R1()), b"dung")
    with pytest.raises(ValueError, match=r".+"):
        pkcs12_signer(path, "sai")
    path.write_bytes(b"junk")
    with pytest.raises(ValueError, match=r".+"):
        pkcs12_signer(path, "dung")
    with pytest.raises(FileNotFoundError):
        pkcs12_signer(tmp_path / "none.p12", "dung")


def test_a_key_of_another_certificate(folder: Path) -> None:
    officer = demo_signer(folder, name=NAME, organ=ORGAN, at=AT)
    with pytest.raises(ValueError, match="not the certificate's"):
        signer_of(ec.generate_private_key(ec.SECP256R1()), officer.certificate, ())
    with pytest.raises(ValueError, match="wanted"):
        signer_of(officer.key, None, ())


# --- what cannot be signed ----------------------------------------------------------------------------------
@pytest.mark.parametrize("junk", [b"", b"hello", b"%PDF-1.7\n", PDF[:5000]])
def test_what_is_no_pdf_is_not_signed(folder: Path, junk: bytes) -> None:
    with pytest.raises(ValueError, match="sign_pdf"):
        sign(junk, folder)


def test_a_moment_without_a_zone(folder: Path) -> None:
    signer = demo_signer(folder, name=NAME, organ=ORGAN, at=AT)
    with pytest.raises(ValueError, match="aware"):
        sign_pdf(PDF, signer, reason="", name=NAME, at=AT.replace(tzinfo=None))
