from cryptography import x509
from django.urls import reverse

from tests.support.seals.conftest import sealed


def test_anyone_may_take_the_root_and_the_revocation_list(seals, client):
    sealed()
    root = x509.load_pem_x509_certificate(client.get(reverse("seals:root")).content)
    revoked = x509.load_pem_x509_crl(client.get(reverse("seals:revoked")).content)
    assert revoked.is_signature_valid(root.public_key())


def test_before_the_first_seal_there_is_nothing_to_take(db, client):
    assert client.get(reverse("seals:root")).status_code == 404
    assert client.get(reverse("seals:revoked")).status_code == 404
