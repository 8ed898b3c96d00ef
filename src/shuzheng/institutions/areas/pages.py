"""The city's divisions for everyone: counties on a map, and the same as a table."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations import page, public
from shuzheng.infrastructure.web.rules import Cell, Table
from shuzheng.institutions.areas import queries
from shuzheng.institutions.areas.rules import Area
from shuzheng.policy.refusals import gettext_noop

AREAS_ARE_PUBLIC = "行政区划由民政部门公布，谁都可以查阅"
LEVELS = {
    "county": gettext_noop("县（市、区）"),
    "town": gettext_noop("乡镇（街道）"),
    "village": gettext_noop("村（社区）"),
}


@public(reason=AREAS_ARE_PUBLIC)
def index(request: HttpRequest) -> HttpResponse:
    """Show the counties on the map and in a table."""
    return page(request, "areas/index.html", {"table": _table(queries.list_areas("county"))})


@public(reason=AREAS_ARE_PUBLIC)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show one area with those right below it."""
    area = queries.get_area(code)
    parent = queries.get_area(area.parent) if queries.has_area(area.parent) else None
    context = {
        "area": area,
        "parent": parent if parent and parent.level in LEVELS else None,
        "table": _table(queries.list_children(code)),
    }
    return page(request, "areas/area.html", context)


@public(reason=AREAS_ARE_PUBLIC)
def outlines(_request: HttpRequest) -> HttpResponse:
    """Give the counties' outlines as GeoJSON."""
    counties = {each.code: each for each in queries.list_areas("county")}
    features = [
        {
            "type": "Feature",
            "properties": {
                "name": counties[each.area].name,
                "href": reverse("areas:area", args=[each.area]),
            },
            "geometry": each.geometry,
        }
        for each in queries.list_boundaries()
        if each.area in counties
    ]
    answer = {"type": "FeatureCollection", "features": features}
    return JsonResponse(answer, content_type="application/geo+json")


def _table(areas: tuple[Area, ...]) -> Table:
    below = queries.count_children(each.code for each in areas)
    return Table(
        gettext("行政区划"),
        (gettext("名称"), gettext("代码"), gettext("层级"), gettext("下辖")),
        [
            (
                Cell(each.name, href=reverse("areas:area", args=[each.code])),
                each.code,
                gettext(LEVELS.get(each.level, "网格")),
                Cell(below.get(each.code, 0), numeric=True),
            )
            for each in areas
        ],
        caption_hidden=True,
        empty=gettext("这里没有更下一级的区划。"),
    )


app_name = "areas"
urlpatterns = [
    path("areas/", index, name="index"),
    path("areas/outlines.geojson", outlines, name="outlines"),
    path("areas/<str:code>/", show, name="area"),
]
