"""What every page's foot links to: accessibility, law and privacy, open source."""

from django.http import HttpRequest, HttpResponse

from shuzheng.infrastructure.web.operations import page, public


@public("the law wants the accessibility statement open to everyone")
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show how the pages are made accessible, and what is not yet."""
    return page(request, "web/accessibility.html")


@public("the law wants the privacy rules open to everyone")
def legal(request: HttpRequest) -> HttpResponse:
    """Show what the pages promise about law and privacy."""
    return page(request, "web/legal.html")


@public("whoever uses open source software should find it")
def open_source(request: HttpRequest) -> HttpResponse:
    """Show the licence and where the source is."""
    return page(request, "web/open_source.html")
