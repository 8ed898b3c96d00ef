"""What the city does for whom: search, guides, published decisions. All of it is public."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from shuzheng.infrastructure.web.operations import actor_of, page, public
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation.queries import list_departments
from shuzheng.support.cases.queries import list_drafts_of_person, list_published_rulings
from shuzheng.support.licences.queries import list_ended_of_cases
from shuzheng.support.matters.queries import get_matter, list_matters, search_matters
from shuzheng.support.matters.rules import MatterNotFound

GUIDES_ARE_PUBLIC = "行政许可法 第三十条：许可的事项、依据、条件、程序应当公示"


@public(GUIDES_ARE_PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    """What do you want to get done?"""
    on = get_calendar().local_day(timezone.now())
    return page(request, "hall/home.html", {"bundles": list_matters(on=on, kind="bundle")})


@public(GUIDES_ARE_PUBLIC)
def search(request: HttpRequest) -> HttpResponse:
    """Find bundles and matters by the words people use."""
    text = request.GET.get("q", "").strip()[:100]
    found = search_matters(text, on=get_calendar().local_day(timezone.now()))
    return page(request, "hall/search.html", {"text": text, "found": found})


@public(GUIDES_ARE_PUBLIC)
def everything(request: HttpRequest) -> HttpResponse:
    """List everything that is loaded here."""
    on = get_calendar().local_day(timezone.now())
    return page(request, "hall/matters.html", {"matters": list_matters(on=on)})


@public(GUIDES_ARE_PUBLIC)
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Show a guide: conditions, materials, steps, days, fees, basis with article."""
    on = get_calendar().local_day(timezone.now())
    revision = get_matter(key, on=on)
    if revision.matter and not revision.matter.offered:
        raise MatterNotFound(matter=key)
    bundle = revision.bundle
    members = [get_matter(each.matter, on=on).matter for each in bundle.members] if bundle else []
    actor = actor_of(request)
    person = actor.person if actor.kind == "person" else ""
    context = {
        "drafts": list_drafts_of_person(person, bundle=key, today=on),
        "revision": revision,
        "guide": revision.matter or bundle,
        "members": members,
        "departments": {each.code: each.name for each in list_departments()},
    }
    return page(request, "hall/bundle.html" if bundle else "hall/matter.html", context)


@public("行政许可法 第四十条：准予许可的决定应当公开，公众有权查阅")
def published(request: HttpRequest) -> HttpResponse:
    """List the decisions that were made public."""
    names = {each.code: each.name for each in list_departments()}
    rulings = list_published_rulings()
    ends = list_ended_of_cases(each.number for each in rulings)
    context = {"rulings": rulings, "departments": names, "ends": ends}
    return page(request, "hall/decisions.html", context)
