"""What anyone needs to check a seal without us: the demonstration's root and revocation list."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from shuzheng.infrastructure.web.operations import attachment, public
from shuzheng.support.seals.queries import get_revocation_list, get_root_certificate

app_name = "seals"
CERTIFICATES_ARE_PUBLIC = "核验签名需要根证书和吊销列表；其中没有个人信息"


@public(reason=CERTIFICATES_ARE_PUBLIC)
def root(request: HttpRequest) -> HttpResponse:
    """Give the root certificate of the demonstration."""
    return _pem(request, get_root_certificate(), "shuzheng-demonstration-root.pem")


@public(reason=CERTIFICATES_ARE_PUBLIC)
def revoked(request: HttpRequest) -> HttpResponse:
    """Give the newest revocation list."""
    return _pem(request, get_revocation_list(), "shuzheng-demonstration-revoked.pem")


def _pem(request: HttpRequest, pem: str, filename: str) -> HttpResponse:
    if not pem:
        raise Http404
    return attachment(request, pem.encode(), filename, "application/x-pem-file")


urlpatterns = [
    path("seals/root.pem", root, name="root"),
    path("seals/revoked.pem", revoked, name="revoked"),
]
