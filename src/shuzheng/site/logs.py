"""What is worth a line in a log, and what no log may say."""

import logging
from collections.abc import Iterator

from shuzheng.infrastructure.database.rules import without_values


def is_trouble(record: logging.LogRecord) -> bool:
    """Keep warnings and errors, also of a job that will be tried again (told as info)."""
    return record.levelno >= logging.WARNING or bool(record.exc_info)


class WithoutValues(logging.Formatter):
    """Writes lines and tracebacks in which the database's errors quote nobody's data."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line with each error's words replaced where they held values."""
        text = super().format(record)
        for error in _errors(record):
            words = str(error)
            if words and words != without_values(error):
                text = text.replace(words, without_values(error))
        return text


def _errors(record: logging.LogRecord) -> Iterator[BaseException]:
    """Give the errors a record tells of, each with those behind it."""
    told = [record.exc_info[1]] if record.exc_info else []
    if isinstance(record.args, tuple):
        told += [each for each in record.args if isinstance(each, BaseException)]
    seen: set[int] = set()
    while told:
        error = told.pop()
        if error is None or id(error) in seen:
            continue
        seen.add(id(error))
        yield error
        told += [error.__cause__, error.__context__, *getattr(error, "exceptions", ())]
