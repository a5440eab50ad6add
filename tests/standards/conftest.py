"""Says so, last of all and in large letters, when the papers were held against nothing."""

from tests.standards import vera


def pytest_terminal_summary(terminalreporter):
    if vera.missing():
        terminalreporter.section("papers", yellow=True)
        terminalreporter.line(vera.missing(), yellow=True)
