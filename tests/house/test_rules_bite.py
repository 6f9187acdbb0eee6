"""Every house rule finds the fault that it is there for, in a small bad sample."""

import pytest

from tests.house import charts, clocks, dependencies, docstrings, exceptions, sizes, strings
from tests.house.sources import Source


def _source(text: str, path: str = "bot/core/sample.py") -> Source:
    """A sample; the signs ~ keep the rules from finding it in this file, and go away here."""
    return Source(path, text.replace("~", ""))


def _function(lines: int, name: str = "long") -> str:
    return f"def {name}():\n" + "    pass\n" * (lines - 1)


def _sentences(findings: object) -> str:
    assert hasattr(findings, "__iter__")
    return "\n".join(map(str, findings))


def test_a_file_above_300_lines_is_found() -> None:
    """And so is a median that is too high."""
    found = _sentences(sizes.check([_source("x = 1\n" * 301)]))
    assert "bot/core/sample.py: 301 lines" in found
    assert "median" in found


def test_a_function_above_40_lines_is_found() -> None:
    """Forty are allowed."""
    found = _sentences(sizes.check([_source(_function(41)), _source(_function(40, "just"))]))
    assert "bot/core/sample.py:1: long has 41 lines" in found
    assert "just" not in found


def test_a_docstring_does_not_count_as_length() -> None:
    """Explaining is free."""
    body = '    """One.\n' + "    more\n" * 50 + '    """\n    pass\n'
    assert not list(sizes.check([_source(f"def f():\n{body}")]))


def test_more_than_one_in_ten_functions_of_20_lines_is_found() -> None:
    """Nine in ten stay under twenty."""
    many = [_source(_function(20))] + [_source(_function(3))] * 8
    assert "8 of 9" in _sentences(sizes.check(many))


@pytest.mark.parametrize("text", ["", "x = 1\n", '"""No sentence"""\n'])
def test_a_module_without_a_sentence_is_found(text: str) -> None:
    """Missing, or not ended as a sentence."""
    assert list(docstrings.check([_source(text)]))


@pytest.mark.parametrize(
    "text",
    [
        "x = 1  # ty~pe: ignore",
        "x = 1  # ty~pe: ignore[misc]",
        "x = 1  # no~qa",
        "x = 1  # no~qa: E501",
        "x = 1  # TO~DO later",
        "@pytest.mark.sk~ip",
    ],
)
def test_an_exception_without_a_reason_is_found(text: str) -> None:
    """Also one without a code, and what is left to do."""
    assert list(exceptions.check([_source(text)]))


@pytest.mark.parametrize(
    "text",
    [
        "x = 1  # ty~pe: ignore[misc]  # the library has no types",
        "x = 1  # no~qa: E501 (a table reads better)",
        "# The library has no types.\nx = 1  # ty~pe: ignore[misc]",
    ],
)
def test_an_exception_with_a_reason_is_fine(text: str) -> None:
    """Beside it or on the line above."""
    assert not list(exceptions.check([_source(text)]))


@pytest.mark.parametrize(
    "text",
    [
        "https://py~pi.org/simple",
        "pip install --index~-url x",
        "open('/wo~rk/main')",
        "/ho~me/jan/omzien",
        "see ..~/shared",
    ],
)
def test_a_forbidden_string_is_found(text: str) -> None:
    """In any text file."""
    assert list(strings.check([_source(text, "README.md")]))


@pytest.mark.parametrize("text", ["`/werk` lists work", "/opt/omzien/data", "network/work/x"])
def test_what_only_looks_like_a_machine_path_is_fine(text: str) -> None:
    """Commands, general places and parts of longer paths."""
    assert not list(strings.check([_source(text, "README.md")]))


@pytest.mark.parametrize(
    "text",
    [
        "datetime.now(UTC)",
        "time.monotonic()",
        "datetime.date.today()",
        "datetime.combine(day, clock)",
        "moment.replace(tzinfo=None)",
        "def f(now=None): ...",
        "def f(*, now=None): ...",
    ],
)
def test_a_clock_or_naive_moment_in_the_core_is_found(text: str) -> None:
    """Time comes in as `now`, with a zone."""
    assert list(clocks.check([_source(text)]))


def test_outside_the_core_the_clock_may_be_read() -> None:
    """The running bot has one clock."""
    assert not list(clocks.check([_source("datetime.now(UTC)", "bot/app.py")]))


def test_a_chart_that_is_out_of_date_is_found_and_drawn_anew() -> None:
    """Whatever stood between the marks gives way."""
    old = "".join(f"<!-- {n}: begin -->\nold\n<!-- {n}: end -->\n" for n in charts.parts())
    assert len(list(charts.check(old))) == len(charts.parts())
    assert not list(charts.check(charts.drawn(old)))


def test_a_dependency_without_a_reason_or_a_lock_is_found() -> None:
    """Its name counts, whole."""
    architecture = "## Dependencies\n| pytest-asyncio, Babel | … |\n## Glossary\npytest\n"
    locked = _source("babel==2.18 \\\npytest==9.2 \\\n", "requirements.txt")
    found = _sentences(dependencies.check(["pytest", "aiohttp", "Babel"], architecture, locked))
    assert "the reason for pytest" in found
    assert "lacks aiohttp" in found
    assert "Babel" not in found
