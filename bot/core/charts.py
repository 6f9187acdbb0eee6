"""Flow charts of forms, generated from the forms themselves, as Mermaid text."""

from bot.core.choices import Choice, Review
from bot.core.forms import Form
from bot.core.questions import Question


def chart(form: Form) -> str:
    """The form from its first question to its end; conditions are diamonds."""
    lines = ["flowchart TD", f'    start(["{form.name}, version {form.version}"])']
    # What leads to the next question, each with the words beside its arrow.
    loose: list[tuple[str, str]] = [("start", "")]
    for question in form.questions:
        loose = _question(question, loose, lines)
    lines.append('    finish(["sent"])')
    lines += [_arrow(origin, "finish", words) for origin, words in loose]
    return "\n".join(lines) + "\n"


def _question(
    question: Question, loose: list[tuple[str, str]], lines: list[str]
) -> list[tuple[str, str]]:
    name = f"q_{question.name}"
    passing: list[tuple[str, str]] = []
    if question.when is not None:
        test = f"if_{question.name}"
        lines.append(f'    {test}{{"{_words(explained(question.when))}?"}}')
        lines += [_arrow(origin, test, words) for origin, words in loose]
        loose, passing = [(test, "yes")], [(test, "no")]
    lines.append(f'    {name}["{_label(question)}"]')
    lines += [_arrow(origin, name, words) for origin, words in loose]
    if isinstance(question, Review):
        lines.append(f'    {name} -. "change an answer" .-> {name}')
    if question.ends:
        lines.append(_arrow(name, "over", ""))
        lines.append('    over(["ends here"])')
        return passing
    return [(name, "may be skipped" if question.skippable else ""), *passing]


def _arrow(origin: str, to: str, words: str) -> str:
    return f'    {origin} -- "{words}" --> {to}' if words else f"    {origin} --> {to}"


def _label(question: Question) -> str:
    asked = question.text if isinstance(question.text, str) else explained(question.text)
    return "<br/>".join(_words(part) for part in (asked, *_choices(question)) if part)


def _choices(question: Question) -> list[str]:
    if not isinstance(question, Choice):
        return []
    if callable(question.options):
        return [f"[{explained(question.options)}]"]
    return [" ".join(f"[{label}]" for _value, label in question.options)]


def explained(rule: object) -> str:
    """What a rule of a form does, in its own words: the first line of its docstring."""
    return (getattr(rule, "__doc__", None) or "").strip().split("\n")[0].rstrip(".")


def _words(text: str) -> str:
    """The text without what Mermaid takes as its own."""
    return text.replace('"', "'").replace("#", "").replace("{", "").replace("}", "")
