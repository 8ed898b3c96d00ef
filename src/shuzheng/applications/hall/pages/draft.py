"""A case as its applicant's pages need it: the file, the schemas, what is done and what is left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.operations import Provenance, actor_of, check_values, local
from shuzheng.infrastructure.web.rules import TaskLine
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation.queries import list_departments
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.operations import CaseFile, GivenFile, open_case
from shuzheng.support.cases.queries import Progress, get_progress
from shuzheng.support.cases.rules import HELP_APPLICANT, CaseNotFound, State, fixed_fields
from shuzheng.support.decisions.queries import list_runs_of_case
from shuzheng.support.matters.queries import get_matter, get_revision
from shuzheng.support.matters.rules import Bundle, Matter

PURPOSE = gettext_noop("代申请人填写")


@dataclass(frozen=True)
class Draft:
    """A draft or a case under correction, with what its pages show."""

    number: str
    file: CaseFile
    progress: Progress
    today: date
    is_for_another: bool = False

    @property
    def bundle(self) -> Bundle:
        """The bundle it was started from."""
        bundle = get_revision(self.progress.revision_id).bundle
        assert bundle is not None, "a root case is a bundle's"
        return bundle

    @property
    def questions(self) -> Mapping[str, Any]:
        """The schema of the questions."""
        return get_revision(self.progress.revision_id).questions

    @property
    def schema(self) -> Mapping[str, Any]:
        """The schema of the form, cut to the matters that belong."""
        return self.file.schema

    @property
    def is_assessed(self) -> bool:
        """Whether the questions have been answered."""
        return "matters" in self.progress.variables

    @property
    def is_correction(self) -> bool:
        """Whether the window asked for a correction."""
        return self.progress.case.state == State.CORRECTING

    @property
    def is_draft(self) -> bool:
        """Whether it has not been handed in yet."""
        return self.progress.case.state == State.DRAFT

    @property
    def is_editable(self) -> bool:
        """Whether the applicant may still change something."""
        return self.progress.case.state in {State.DRAFT, State.CORRECTING}

    @property
    def site(self) -> Mapping[str, Any]:
        """The verdict on the place, with its reason."""
        return self.progress.variables.get("site_verdict") or {}

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """The clauses on which the verdict on the place rests."""
        return self._clauses_of("site_run")

    @cached_property
    def matters(self) -> tuple[Matter, ...]:
        """The matters that belong."""
        found = (get_matter(key, on=self.today).matter for key in self.progress.matters)
        return tuple(each for each in found if each is not None)

    @cached_property
    def departments(self) -> Mapping[str, str]:
        """Names of departments by code."""
        return {each.code: each.name for each in list_departments()}

    @cached_property
    def tasks(self) -> tuple[TaskLine, ...]:
        """What is left to do, in order."""
        return (*self._parts(), self._materials_line(), self._check_line())

    @property
    def next_task(self) -> TaskLine:
        """The first thing not done yet."""
        return next(each for each in self.tasks if not each.done)

    @property
    def parts(self) -> Mapping[str, str]:
        """The parts of the form that ask something of this case, with their titles."""
        used = {each.get("x-page") for each in self.schema["properties"].values()}
        titles = self.schema.get("x-pages", {})
        return {key: title for key, title in titles.items() if key in used}

    def provenance(self, schema: Mapping[str, Any]) -> dict[str, Provenance]:
        """Return from where each prefilled value of the schema came."""
        sources = self.file.form.sources
        values = {**self.file.form.answers, **self.file.form.values}
        return {
            name: Provenance(sources[name].source_name, sources[name].as_of)
            for name in schema.get("properties", {})
            if name in sources and values.get(name) == sources[name].value
        }

    def fields(self, part: str) -> tuple[str, ...]:
        """Return the names of the fields asked in one part of the form, in its order."""
        properties = self.schema["properties"].items()
        return tuple(name for name, each in properties if each.get("x-page") == part)

    def asked(self, part: str) -> tuple[str, ...]:
        """Return the fields of one part that the applicant fills in."""
        fixed = fixed_fields(self.schema)
        return tuple(name for name in self.fields(part) if name not in fixed)

    def next_part(self, part: str) -> str:
        """Return the part after this one, empty after the last."""
        keys = list(self.parts)
        position = keys.index(part) + 1
        return keys[position] if position < len(keys) else ""

    @property
    def given(self) -> frozenset[str]:
        """The materials that have a file."""
        return frozenset(each.material for each in self.file.files)

    @property
    def papers(self) -> tuple[tuple[str, GivenFile], ...]:
        """The files with the names of their materials; what is no longer wanted keeps its key."""
        names = {each.key: local(each.name) for each in self.file.materials}
        return tuple((names.get(each.material, each.material), each) for each in self.file.files)

    @property
    def missing_materials(self) -> tuple[str, ...]:
        """Names of wanted materials without a file, those that may follow left out."""
        return tuple(
            each.name
            for each in self.file.materials
            if each.key not in self.given and not each.may_follow
        )

    def part_of(self, name: str) -> str:
        """Return on which part of the form a field is asked."""
        return str(self.schema["properties"][name].get("x-page", ""))

    def _parts(self) -> tuple[TaskLine, ...]:
        wrong = {each.field for each in check_values(self.schema, self.file.form.values)}
        return tuple(
            TaskLine(
                local(title),
                gettext("待填写") if wrong.intersection(self.fields(key)) else gettext("已填好"),
                href=reverse("hall:form", args=[self.number, key]),
                done=not wrong.intersection(self.fields(key)),
            )
            for key, title in self.parts.items()
        )

    def _materials_line(self) -> TaskLine:
        missing = len(self.missing_materials)
        return TaskLine(
            gettext("材料"),
            self._materials_in_words(),
            href=reverse("hall:materials", args=[self.number]),
            done=not missing,
        )

    def _materials_in_words(self) -> str:
        later = sum(each.key not in self.given for each in self.file.materials if each.may_follow)
        if self.missing_materials:
            return gettext("还缺 {count} 份").format(count=len(self.missing_materials))
        if later:
            return gettext("必交的已齐，另有 {count} 份可以后补").format(count=later)
        return gettext("已齐")

    def _check_line(self) -> TaskLine:
        return TaskLine(
            gettext("核对并提交"),
            gettext("未提交"),
            href=reverse("hall:check", args=[self.number]),
            done=False,
        )

    def _clauses_of(self, name: str) -> tuple[str, ...]:
        wanted = self.progress.variables.get(name)
        for run in list_runs_of_case(self.number):
            if run.id == wanted:
                return tuple(
                    text for rule in run.matched for text in dict(rule.annotations).values()
                )
        return ()


def own_actor(request: HttpRequest, number: str) -> Actor:
    """Return who applies: a citizen, or an agent who helps one.

    Raises:
        CaseNotFound: another official; files are read at the desk, where the purpose is true.
    """
    by = actor_of(request)
    if by.kind == "official" and not by.may(HELP_APPLICANT):
        raise CaseNotFound(number=number)
    return by


def open_draft(request: HttpRequest, number: str) -> Draft:
    """Open a case for the pages of its applicant or helper.

    Raises:
        CaseNotFound: there is none, or it is somebody else's.
    """
    by, at = own_actor(request, number), timezone.now()
    today = get_calendar().local_day(at)
    file = open_case(number=number, purpose=PURPOSE, by=by, at=at)
    progress = get_progress(number, today=today)
    if progress is None or file.number != number:
        raise CaseNotFound(number=number)
    return Draft(number, file, progress, today, is_for_another=by.kind == "official")
