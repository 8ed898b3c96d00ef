"""Files: materials given, licences and documents received."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from shuzheng.applications.hall.pages.draft import open_draft, own_actor
from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.operations import actor_of, attachment, limited, page, signed_in
from shuzheng.policy.refusals import Invalid, gettext_noop
from shuzheng.support.cases import operations as cases
from shuzheng.support.licences.operations import open_document, open_licence
from shuzheng.support.licences.rules import NotFoundByCode

OWN = gettext_noop("申请人查阅自己的材料")
HELPED = gettext_noop("代申请人查阅材料")


class NoFileChosen(Invalid):
    """The button was pressed before a file was chosen."""

    code = "no-file-chosen"
    template = gettext_noop("请先选择要上传的文件。")


@signed_in
@limited("60/m")
@require_http_methods(["GET", "POST"])
def materials(request: HttpRequest, number: str) -> HttpResponse:
    """Show what is needed and take files, one material at a time."""
    refusal = None
    if request.method == "POST":
        try:
            _change(request, number)
        except Invalid as fault:
            refusal = fault
        else:
            return redirect("hall:materials", number=number)
    draft = open_draft(request, number)
    if request.method == "GET" and not draft.is_editable:
        return redirect("hall:check", number=number)
    context = {
        "draft": draft,
        "refusal": refusal,
        "material": request.POST.get("material", ""),
    }
    return page(request, "hall/materials.html", context, 422 if refusal else 200)


def _change(request: HttpRequest, number: str) -> None:
    by, at = actor_of(request), timezone.now()
    material = request.POST.get("material", "")
    if "commit" in request.POST:
        cases.make_commitment(number=number, material=material, by=by, at=at)
        return
    if "remove" in request.POST:
        sha256 = request.POST["remove"]
        cases.remove_file(number=number, material=material, sha256=sha256, by=by, at=at)
    elif not request.FILES.getlist("file"):
        raise NoFileChosen(field="file")
    for upload in request.FILES.getlist("file"):
        cases.attach_file(
            number=number,
            material=material,
            content=upload.read(),
            filename=upload.name or "",
            by=by,
            at=at,
        )


@signed_in
@limited("30/m", methods=("GET",))
def blank(request: HttpRequest, number: str, material: str) -> HttpResponse:
    """Give the text of a commitment to be printed and signed."""
    by = own_actor(request, number)
    content = cases.draw_blank_commitment(
        number=number, material=material, by=by, at=timezone.now()
    )
    return attachment(request, content, f"{material}.pdf", "application/pdf")


@signed_in
def given(request: HttpRequest, number: str, material: str, sha256: str) -> HttpResponse:
    """Give back a file that was uploaded."""
    by = own_actor(request, number)
    file, content = cases.open_attachment(
        number=number,
        material=material,
        sha256=sha256,
        purpose=OWN if by.kind == "person" else HELPED,
        by=by,
        at=timezone.now(),
    )
    return attachment(request, content, file.filename, file.media_type)


@signed_in
def licence(request: HttpRequest, code: str) -> HttpResponse:
    """Download one's own licence."""
    by = _holder(request, code)
    opened = open_licence(code=code, by=by, at=timezone.now(), purpose=OWN)
    return attachment(request, opened.content, opened.filename, "application/pdf")


@signed_in
def document(request: HttpRequest, code: str) -> HttpResponse:
    """Download one's own document."""
    by = _holder(request, code)
    opened = open_document(code=code, by=by, at=timezone.now(), purpose=OWN)
    return attachment(request, opened.content, opened.filename, "application/pdf")


def _holder(request: HttpRequest, code: str) -> Actor:
    """Return who asks for their own; officials open papers at the desk, where the purpose is true.

    Raises:
        NotFoundByCode: an official.
    """
    by = actor_of(request)
    if by.kind == "official":
        raise NotFoundByCode(code=code)
    return by
