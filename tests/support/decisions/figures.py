"""The conformance figures, said once at the end of a run, whichever process found them."""

import pytest

FIGURE = "conformance"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the kit's levels came to, before the line that counts the tests."""
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    figures = sorted(
        {
            value
            for report in reports
            for name, value in getattr(report, "user_properties", ())
            if name == FIGURE
        }
    )
    if figures:
        terminalreporter.write_line(f"DMN TCK: {', '.join(figures)}")
