"""Reads that every page makes: the queryset is turned into its statement once.

Django builds a statement anew at each call, which costs a page of a list more than asking it does.
"""

from collections import namedtuple
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler


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


class Prepared:
    """The rows of a ``values_list`` with names, some of whose filters wait for their values.

    Raises:
        TypeError: a column needs Python to read it (JSON): such rows are for the ORM.
    """

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        compiler = rows.query.get_compiler(connection=connection)
        self.statement, self.parameters = compiler.as_sql()
        if compiler.get_converters([column for column, _, _ in compiler.select or ()]):
            raise TypeError(f"not to be read as they come: {self.statement}")
        row: Any = namedtuple("Row", rows._fields)  # type: ignore[misc,attr-defined]  # noqa: PYI024
        self.row = row._make

    def ask(self, **values: Any) -> list[Any]:
        """Return the rows for these values of the parameters, as named tuples."""
        given = [
            values[each.name] if isinstance(each, Parameter) else each for each in self.parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.statement, given)
            return [self.row(each) for each in cursor.fetchall()]
