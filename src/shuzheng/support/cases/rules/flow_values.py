"""What a case is called, and a person's name as strangers see it."""


def case_number(*, prefix: str, year: int, serial: int) -> str:
    """Return a case number.

    >>> case_number(prefix="QZ", year=2026, serial=123)
    'QZ-2026-000123'
    """
    return f"{prefix}-{year}-{serial:06d}"


def masked_name(name: str) -> str:
    """Return a person's name as strangers may see it.

    >>> masked_name("陈小明"), masked_name("")
    ('陈**', '')
    """
    return name[:1] + "*" * (len(name) - 1)
