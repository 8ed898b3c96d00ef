import shutil

import pytest
from django.conf import settings

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.content import operations as content
from shuzheng.infrastructure.content.rules import (
    ContentKind,
    ContentModel,
    load_city,
    registered_kinds,
)
from shuzheng.institutions.organisation.content import check_duties
from shuzheng.institutions.organisation.queries import (
    get_department,
    get_post,
    get_superior_post,
    list_departments,
    list_posts,
    list_posts_of_department,
    list_posts_with_duty,
)
from shuzheng.institutions.organisation.rules import (
    Department,
    DepartmentUnknown,
    Post,
    PostUnknown,
    chain_above,
)

EXAMPLE = settings.PROJECT_FOLDER / "cities" / "example"


@pytest.fixture
def qingshi(db, at):
    content.apply_city(folder=EXAMPLE, by=system("test"), reason="测试", at=at)


@pytest.mark.usefixtures("qingshi")
class TestTheInventedCity:
    def test_a_department_is_found_by_code(self):
        assert get_department("hall") == Department(
            code="hall",
            name="青石市政务服务中心",
            credit_code=get_department("hall").credit_code,
            area="990100",
            level="city",
            is_verified=False,
        )
        assert [each.code for each in list_departments()] == ["hall", "office"]

    def test_an_unknown_department_is_refused_in_words(self):
        with pytest.raises(DepartmentUnknown, match="没有编码为“none”的部门"):
            get_department("none")

    def test_a_post_is_found_by_code(self):
        assert get_post("hall.agent") == Post(
            code="hall.agent",
            name="上坪村代办员",
            department="hall",
            areas=("990102100201",),
            permissions=(),
            superior="hall.window",
            duties=("receive:any",),
        )
        assert [each.code for each in list_posts()] == [
            "hall.agent",
            "hall.window",
            "office.director",
        ]
        assert [each.code for each in list_posts_of_department("office")] == ["office.director"]

    def test_an_unknown_post_is_refused_in_words(self):
        with pytest.raises(PostUnknown, match="没有编码为“none”的岗位"):
            get_post("none")

    def test_the_post_above_is_found_up_to_the_top(self):
        assert get_superior_post("hall.agent") == get_post("hall.window")
        assert get_superior_post("office.director") is None

    @pytest.mark.parametrize(
        ("area", "posts"),
        [
            ("990102100201", ["hall.agent", "hall.window"]),
            ("990102100201001", ["hall.agent", "hall.window"]),
            ("990101001001", ["hall.window"]),
            ("330802", []),
        ],
    )
    def test_a_duty_is_found_by_area_the_most_local_post_first(self, area, posts):
        assert [each.code for each in list_posts_with_duty("receive:any", area)] == posts

    def test_a_duty_nobody_has_is_found_nowhere(self):
        assert list_posts_with_duty("fly:kite", "990100") == ()


@pytest.fixture
def problems(tmp_path):
    """Check an organisation written for the test, beside the invented city's areas."""

    def check(posts: str, departments: str = ""):
        for folder in ("areas", "calendar"):
            shutil.copytree(EXAMPLE / folder, tmp_path / folder)
        known = (EXAMPLE / "organisation/departments.yaml").read_text(encoding="utf-8")
        (tmp_path / "organisation").mkdir()
        (tmp_path / "organisation/departments.yaml").write_text(known + departments)
        (tmp_path / "organisation/posts.yaml").write_text(posts)
        return [
            (each.line, each.field, each.message) for each in content.check_city(folder=tmp_path)
        ]

    return check


POST = '- code: {code}\n  name: 岗\n  department: {department}\n  areas: ["{area}"]\n'
RIGHT = {"code": "a.b", "department": "hall", "area": "990100"}


def test_a_right_post_has_no_problem(problems):
    assert problems(POST.format(**RIGHT)) == []


@pytest.mark.parametrize(
    ("wrong", "more", "problem"),
    [
        ({"department": "none"}, "", (3, "department", "没有编码为“none”的部门")),
        ({"area": "990199"}, "", (4, "areas", "没有代码为“990199”的行政区划")),
        ({}, "  superior: none\n", (5, "superior", "没有编码为“none”的岗位")),
        ({}, "  superior: a.b\n", (5, "superior", "上级岗位连成了一个圈")),
        ({}, "  permissions: [fly]\n", (5, "permissions", "没有声明过权限“fly”")),
        (
            {},
            "  duties: [fly]\n",
            (5, "duties", "职责 fly 应写成 动作:对象，例如 rule:food_licence"),
        ),
        ({"code": "A.B"}, "", (1, "code", "格式不对")),
    ],
)
def test_a_wrong_post_is_named_with_line_and_field(problems, wrong, more, problem):
    assert problems(POST.format(**RIGHT | wrong) + more) == [problem]


def test_posts_that_stand_above_each_other_are_named(problems):
    posts = POST.format(**RIGHT) + "  superior: c.d\n"
    posts += POST.format(**RIGHT | {"code": "c.d"}) + "  superior: a.b\n"

    assert [each[1] for each in problems(posts)] == ["superior", "superior"]


def test_a_credit_code_with_a_wrong_check_character_is_named(problems):
    department = (
        "- code: x\n  name: 某局\n  credit_code: 11990100DEM100010A\n  verified: false\n"
        '  area: "990100"\n  level: city\n'
    )

    assert problems(POST.format(**RIGHT), department) == [
        (16, "credit_code", "统一社会信用代码 11990100DEM100010A 的格式或校验码不对")
    ]


def test_a_chain_ends_at_the_top_or_where_it_closes():
    assert chain_above("a", {"a": "b", "b": "", "c": "a"}) == ("b",)
    assert chain_above("a", {"a": "b", "b": "a"}) == ("b", "a")
    assert chain_above("x", {}) == ()


class Step(ContentModel):
    """Something that sends work to a duty."""

    code: str
    duty: str
    supervise_duty: str = ""
    steps: tuple["Step", ...] = ()


def nothing(*_args) -> None:
    """Apply or remove nothing."""


STEPS = ContentKind(
    name="step",
    folder="steps",
    model=Step,
    key=lambda value: value.code,
    apply=nothing,
    remove=nothing,
)


def test_work_sent_to_a_duty_nobody_has_is_named(tmp_path):
    folder = shutil.copytree(EXAMPLE, tmp_path / "city", ignore=shutil.ignore_patterns("steps"))
    (folder / "steps").mkdir()
    (folder / "steps/one.yaml").write_text(
        "code: a\nduty: receive:any\nsupervise_duty: fly:kite\n"
        "steps:\n  - code: b\n    duty: rule:{matter}\n  - code: c\n    duty: rule:noodles\n"
    )
    library = load_city(folder, (*registered_kinds(), STEPS), ()).library

    assert [(each.line, each.field, each.message) for each in check_duties(library)] == [
        (3, "supervise_duty", "没有岗位承担职责“fly:kite”"),
        (8, "steps.1.duty", "没有岗位承担职责“rule:noodles”"),
    ]


def test_without_posts_duties_are_not_looked_at(tmp_path):
    (tmp_path / "steps").mkdir()
    (tmp_path / "steps/one.yaml").write_text("code: a\nduty: fly:kite\n")

    assert list(check_duties(load_city(tmp_path, (STEPS,), ()).library)) == []
