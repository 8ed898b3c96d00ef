"""The conformance figures, said once at the end of a run, whichever process found them."""

import pytest

FIGURE = "conformance"
BPMN_FIGURE = "bpmn conformance"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the suites came to, before the line that counts the tests."""
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    said = [pair for report in reports for pair in getattr(report, "user_properties", ())]
    for kind, suite in ((FIGURE, "DMN TCK"), (BPMN_FIGURE, "BPMN")):
        figures = sorted({value for name, value in said if name == kind})
        if figures:
            terminalreporter.write_line(f"{suite}: {', '.join(figures)}")
