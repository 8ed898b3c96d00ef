"""The figures of conformance and speed, said once at the end, whichever process found them."""

import pytest

FIGURE = "conformance"
BPMN_FIGURE = "bpmn conformance"
SPEED_FIGURE = "decision speed"
SUITES = {
    FIGURE: ("DMN TCK", "decisions/test_conformance.py"),
    BPMN_FIGURE: ("BPMN", "workflow/test_bpmn_conformance.py"),
    SPEED_FIGURE: ("DMN 每秒每核判断数", "decisions/test_speed.py"),
}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the suites came to, or why not, before the line that counts the tests."""
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    said = [pair for report in reports for pair in getattr(report, "user_properties", ())]
    for kind, (suite, place) in SUITES.items():
        figures = sorted({value for name, value in said if name == kind})
        for line in figures or _why_not(terminalreporter, place):
            terminalreporter.write_line(f"{suite}: {line}")


def _why_not(terminalreporter: pytest.TerminalReporter, place: str) -> list[str]:
    """Return the sentences with which the tests of a module were skipped."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = {str(each.longrepr[2]) for each in skipped if place in each.nodeid}
    return sorted(reason.removeprefix("Skipped: ") for reason in reasons)
