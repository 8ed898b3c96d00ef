"""What is worth a line in the worker's log."""

import logging


def is_trouble(record: logging.LogRecord) -> bool:
    """Keep warnings and errors, also of a job that will be tried again (told as info)."""
    return record.levelno >= logging.WARNING or bool(record.exc_info)
