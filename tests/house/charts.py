"""`make charts`: the parts of ARCHITECTURE.md that are drawn from the source."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from bot.core.charts import chart
from bot.core.small_forms import FORMS
from storage.plain import PLAIN
from tests.house.sources import ROOT, Finding

DOCUMENT = ROOT / "ARCHITECTURE.md"


def check(text: str) -> Iterator[Finding]:
    """The parts that no longer show what the source says."""
    for name, part in parts().items():
        if part not in text:
            yield Finding(DOCUMENT.name, f"the {name} are out of date; run `make charts`.")


def drawn(text: str) -> str:
    """The document with every drawn part as the source has it now."""
    for name, part in parts().items():
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
        before, _, rest = text.partition(begin)
        text = before + begin + part + end + rest.partition(end)[2]
    return text


def parts() -> Mapping[str, str]:
    """Every drawn part by the name in its marks."""
    return {"plain columns": _plain_columns(), "form charts": _charts()}


def _plain_columns() -> str:
    """The columns that are not sealed, together by their reason."""
    by_reason = defaultdict(list)
    for column, reason in PLAIN.items():
        by_reason[reason].append(f"`{column}`")
    rows = (f"| {', '.join(columns)} | {reason} |\n" for reason, columns in by_reason.items())
    return "| columns | reason |\n|---|---|\n" + "".join(rows)


def _charts() -> str:
    """The forms with more than one question as charts; the others by name."""
    long = {name: form for name, form in FORMS.items() if len(form.questions) > 1}
    shown = (f"### {name}\n\n```mermaid\n{chart(form)}```\n\n" for name, form in long.items())
    short = ", ".join(f"*{name}*" for name in FORMS if name not in long)
    return f"\n{''.join(shown)}Forms with one question, so without a chart: {short}.\n\n"


def document() -> str:
    """ARCHITECTURE.md as it stands."""
    return DOCUMENT.read_text(encoding="utf-8")


def main() -> None:
    """Draw them anew."""
    DOCUMENT.write_text(drawn(document()), encoding="utf-8")


if __name__ == "__main__":
    main()
