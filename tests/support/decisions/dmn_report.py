"""The DMN part of docs/conformance.md, written from a run: ``python -m …dmn_report``."""

from tests.support.decisions.conformance_kit import CHECKOUT, Outcome, run_level

DOCUMENT = CHECKOUT / "docs" / "conformance.md"
BEGIN, END = "<!-- dmn:begin -->", "<!-- dmn:end -->"
REASONS = {
    ("0068-feel-equality", "time_005"): (
        "the kit compares times in whole seconds, so that 10:30:00.0001 = 10:30:00.0002;"
        " here fractions count, so that equality agrees with order and no two times are both"
        " equal and one before the other"
    ),
    ("0068-feel-equality", "datetime_003_a"): "the same for moments",
}


def report() -> str:
    """Return the section as it stands in the document."""
    levels = {level: run_level(level) for level in (2, 3)}
    rows = "\n".join(_row(level, outcomes) for level, outcomes in levels.items())
    failed = [each for outcomes in levels.values() for each in outcomes if not each.passed]
    reasons = "\n".join(
        f"| {each.folder} {each.case} | {REASONS[each.folder, each.case]} |" for each in failed
    )
    return (
        f"| level | passed | of | % |\n|---|---|---|---|\n{rows}\n\n"
        f"| not passed | reason |\n|---|---|\n{reasons}"
    )


def _row(level: int, outcomes: list[Outcome]) -> str:
    passed = sum(outcome.passed for outcome in outcomes)
    return f"| {level} | {passed} | {len(outcomes)} | {100 * passed / len(outcomes):.2f} |"


def written() -> str:
    """Return the section that stands in the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    return text.partition(BEGIN)[2].partition(END)[0].strip()


def main() -> None:
    """Write the section."""
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    DOCUMENT.write_text(f"{before}{BEGIN}\n{report()}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
