"""Reads that every page makes: the queryset is turned into its statement once.

Django builds a statement anew at each call, and PostgreSQL plans it anew, which together cost a
page of a list more than asking does. Here the statement is built once in a process and planned
once in a connection.
"""

from collections import namedtuple
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper
from django.db.models import BooleanField, Expression, F, Field, Func, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from psycopg.sql import Literal


class Parameter(Expression):
    """A value that is given at each call, in the place of a value in a filter.

    Args:
        field: the kind of column it is compared with, such as ``CharField()``.
    """

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        """Leave the place of the value to the call."""
        del compiler, connection
        return "%s", (self,)


class Among(Func):
    """Whether a column holds one of several values, given at each call as a list."""

    arg_joiner = " = ANY("
    template = "%(expressions)s)"
    output_field = BooleanField()

    def __init__(self, column: str, name: str) -> None:
        super().__init__(F(column), Parameter(name, Field()))


class Prepared:
    """The rows of a ``values_list`` with names, some of whose filters wait for their values.

    Raises:
        TypeError: a column needs Python to read it (JSON): such rows are for the ORM.
    """

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        compiler = rows.query.get_compiler(connection=connection)
        statement, parameters = compiler.as_sql()
        if compiler.get_converters([column for column, _, _ in compiler.select or ()]):
            raise TypeError(f"not to be read as they come: {statement}")
        # What never changes stands in the statement: only so does a plan know its partial index.
        self.statement = statement.replace("%%", "%%%%") % tuple(map(_written, parameters))
        self.names = [each.name for each in parameters if isinstance(each, Parameter)]
        row: Any = namedtuple("Row", rows._fields)  # type: ignore[misc,attr-defined]  # noqa: PYI024
        self.row = row._make

    def ask(self, **values: Any) -> list[Any]:
        """Return the rows for these values of the parameters, as named tuples."""
        with _cursor() as cursor:
            cursor.execute(self.statement, [values[name] for name in self.names])
            return [self.row(each) for each in cursor.fetchall()]


def _written(value: object) -> str:
    if isinstance(value, Parameter):
        return "%s"
    return Literal(value).as_string().replace("%", "%%")


def _cursor() -> CursorWrapper:
    """Return a cursor that sends values apart from the statement, so that its plan can be kept.

    Where statements are logged, the ordinary one: the log is to tell the values.
    """
    if connection.queries_logged:
        return connection.cursor()
    connection.ensure_connection()
    cursor: Any = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
    return connection.make_cursor(cursor)
