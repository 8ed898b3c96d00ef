import io
import subprocess
from datetime import timedelta

import pytest
from cryptography import x509
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from shuzheng.infrastructure.access.rules import PostLacksPermission, system
from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.infrastructure.keys.operations import use_folder
from shuzheng.support.seals.models import Certificate, RevocationList
from shuzheng.support.seals.operations import (
    remove_seals,
    replace_seals,
    revoke_seal,
    seal_pdf,
    use_of_seal,
    verify_pdf,
)
from shuzheng.support.seals.operations.authority import port_of
from shuzheng.support.seals.queries import (
    SealRow,
    get_revocation_list,
    get_root_certificate,
    get_seal,
    list_seals,
)
from shuzheng.support.seals.rules import (
    REVOKE_SEALS,
    USE_SEALS,
    AlreadySealed,
    NoCertificate,
    NotAPdf,
    SealWithdrawn,
    UnknownSeal,
    draw_seal,
    preview_seal,
)
from tests.support.seals.conftest import AT, MARKET, PDF, sealed


def test_a_sealed_document_is_genuine_and_dated_by_the_time_stamp(seals):
    found = verify_pdf(sealed(), at=AT)
    assert found.is_genuine
    (signature,) = found.signatures
    assert signature.signer == "市场监督管理局专用章（演示）"
    assert signature.organisation == "衢州市市场监督管理局"
    assert signature.signed_at == AT


def test_pdfsig_agrees_and_names_the_field(seals, tmp_path):
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed())
    told = subprocess.run(
        ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False
    ).stdout
    assert "Signature Field Name: Seal" in told
    assert "Signature Type: ETSI.CAdES.detached" in told
    assert "Total document signed" in told
    assert "Signing Time: Nov 23 2026" in told
    assert "Signature is Valid." in told


def test_every_changed_byte_of_the_text_is_found(seals):
    content = sealed()
    for place in (500, 3000, len(PDF) - 10):
        changed = bytearray(content)
        changed[place] ^= 0x20
        try:
            assert not verify_pdf(bytes(changed), at=AT).is_genuine
        except NotAPdf:
            continue


def test_what_is_added_after_the_seal_is_found(seals):
    content = sealed()
    assert not verify_pdf(content + b"\n% added\n", at=AT).is_genuine
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    writer.root["/Added"] = generic.NameObject("/Later")
    writer.update_root()
    updated = io.BytesIO()
    writer.write(updated)
    assert not verify_pdf(updated.getvalue(), at=AT).is_genuine


@given(cut=st.integers(0, 60_000), junk=st.binary(max_size=40))
@effort(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_refused_and_never_breaks_the_check(seals, cut, junk):
    content = sealed()
    place = cut % len(content)
    damaged = content[:place] + junk
    try:
        assert not verify_pdf(damaged, at=AT).is_genuine
    except NotAPdf:
        return


def test_certificates_are_made_once_and_kept(seals):
    sealed()
    sealed(AT + timedelta(minutes=1))
    assert sorted(Certificate.objects.values_list("holder", flat=True)) == [
        "of-market",
        "root",
        "time-stamps",
    ]
    root = x509.load_pem_x509_certificate(get_root_certificate().encode())
    assert "演示" in root.subject.rfc4514_string()
    assert x509.load_pem_x509_crl(get_revocation_list().encode()).is_signature_valid(
        root.public_key()
    )


def test_private_keys_lie_outside_the_database_and_closed(seals):
    sealed()
    folder = settings.DATA_FOLDER / "keys"
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.glob("seal-*")}
    assert modes.keys() >= {"seal-root", "seal-time-stamps", "seal-of-market"}
    assert set(modes.values()) == {0o600}


def test_a_seal_is_written_down(seals):
    sealed()
    (entry,) = list_entries_of_subject("seal:market")
    assert (entry.kind, entry.facts["reason"]) == ("seal.applied", "测试")


def test_who_may_not_seal(seals, official):
    with pytest.raises(PostLacksPermission):
        seal_pdf(pdf=PDF, seal="market", reason="x", by=official(), at=AT)
    assert Certificate.objects.count() == 0
    assert seal_pdf(pdf=PDF, seal="market", reason="x", by=official(USE_SEALS), at=AT)


def test_an_unknown_or_withdrawn_seal_is_refused(seals):
    with pytest.raises(UnknownSeal):
        seal_pdf(pdf=PDF, seal="nobody", reason="x", by=system("tests"), at=AT)
    withdrawn = {name: getattr(MARKET, name) for name in MARKET.__slots__}
    replace_seals(seals=(SealRow(**{**withdrawn, "withdrawn_on": AT.date()}),))
    with pytest.raises(SealWithdrawn):
        sealed()


def test_a_document_is_sealed_once(seals):
    with pytest.raises(AlreadySealed):
        sealed(pdf=sealed())


def test_what_is_no_pdf_is_not_sealed(seals):
    with pytest.raises(NotAPdf):
        sealed(pdf=b"not a pdf")


def test_what_was_sealed_before_the_revocation_stays_proved_and_later_is_refused(seals, official):
    before = sealed()
    stolen = port_of(get_seal("market"), at=AT)
    later = AT + timedelta(hours=1)
    revoke_seal(seal="market", reason="私钥泄露", by=official(REVOKE_SEALS), at=later)
    assert RevocationList.objects.count() == 2
    assert verify_pdf(before, at=later).is_genuine
    picture = draw_seal(organisation="衢州市市场监督管理局", purpose="", millimetres=42)
    forged = stolen.seal(PDF, picture=picture, reason="x", at=later + timedelta(minutes=1))
    found = verify_pdf(forged, at=later + timedelta(days=400))
    assert found.signatures[0].intact
    assert not found.signatures[0].trusted
    assert not found.is_genuine


def test_after_a_revocation_the_next_use_makes_another_certificate(seals, official):
    sealed()
    later = AT + timedelta(hours=1)
    revoke_seal(seal="market", reason="换章", by=official(REVOKE_SEALS), at=later)
    assert verify_pdf(sealed(later), at=later).is_genuine
    assert Certificate.objects.filter(holder="of-market").count() == 2


def test_revoking_needs_the_permission_and_a_certificate(seals, official):
    with pytest.raises(NoCertificate):
        revoke_seal(seal="market", reason="x", by=official(REVOKE_SEALS), at=AT)
    sealed()
    with pytest.raises(PostLacksPermission):
        revoke_seal(seal="market", reason="x", by=official(), at=AT)
    assert Certificate.objects.exclude(revoked_at=None).count() == 0


def test_another_authoritys_signature_is_intact_but_not_trusted(seals, tmp_path):
    content = sealed()
    Certificate.objects.all().delete()
    RevocationList.objects.all().delete()
    use_folder(tmp_path / "keys")
    try:
        sealed()
    finally:
        use_folder(settings.DATA_FOLDER / "keys")
    found = verify_pdf(content, at=AT)
    assert not found.signatures[0].trusted
    assert not found.is_genuine


def test_nothing_is_sealed_before_the_first_certificate(db):
    assert verify_pdf(PDF, at=AT).is_sealed is False
    assert get_root_certificate() == ""
    assert get_revocation_list() == ""


def test_seals_come_and_go_with_content_until_they_were_used(seals):
    assert list_seals() == (get_seal("market"),)
    assert use_of_seal("market") == ""
    sealed()
    assert "market 已签发证书" in use_of_seal("market")
    remove_seals(codes=("market",))
    assert list_seals() == ()


def test_a_seal_can_be_drawn_for_a_page():
    drawn = preview_seal(organisation="衢州市消防救援支队", purpose="", millimetres=42)
    assert drawn.startswith("<svg")
