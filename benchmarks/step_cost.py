"""What a step costs: processor, statements, bytes kept."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass
class Cost:
    """What steps cost: processor seconds, statements of each step, bytes of the state kept."""

    seconds: float = 0.0
    statements: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def milliseconds(self) -> float:
        """Processor milliseconds a step."""
        return self.seconds / len(self.statements) * 1000

    @contextmanager
    def step(self) -> Iterator[None]:
        """Measure one step."""
        from django.db import connection

        counted = 0

        def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
            nonlocal counted
            statements = sql.split("; ")
            counted += len(statements)
            self.kinds.update(" ".join(each.split()[:3])[:40] for each in statements)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            before = time.process_time()
            yield
            self.seconds += time.process_time() - before
        self.statements.append(counted)

    def line(self) -> str:
        """Return the figures in words."""
        each = self.statements
        return (
            f"{self.milliseconds:.2f} ms of processor a step; statements median {median(each):g},"
            f" mean {sum(each) / len(each):.1f}, most {max(each)}; state <= {max(self.sizes)} B"
        )
