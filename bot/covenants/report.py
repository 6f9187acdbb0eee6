"""What `omzien check` prints: who does what by this covenant, or everything that is wrong with it.

These lines are for whoever writes the covenant and are in plain English, outside the catalogues.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.core.circle_soundness import helping_questions
from bot.core.covenant import Covenant, LadderTo, Term, Topic
from bot.core.coverage import landlords_for, matters, merged
from bot.core.faults import listed
from bot.core.routing import Because, Chosen, Matter, choose, stand_in
from bot.covenants.neighbours import neighbours
from bot.covenants.reading import Problem, Reading, read

_NAME = re.compile(r"\*([^*]+)\*")
_WIDE = 110
"""Columns of a terminal from which the matrix fits as a table of five columns."""
_UNBROKEN = ("First response", "While there is no response")


def check(path: Path, console: Console, today: date) -> int:
    """Print the mandate matrix of a covenant, or what is wrong; 0 when all is right, else 1."""
    reading = read(path, today)
    if reading.rules and not reading.errors:
        _matrix(reading.rules.covenant, console, today)
        neighbours(reading.rules.covenant, console)
    _problems(reading.problems, path, console)
    _questions(reading, console)
    if reading.errors:
        console.print(f"\n{_count(len(reading.errors), 'error')}. Put right what is listed above.")
    elif reading.rules and not reading.gaps and not helping_questions(reading.rules.covenant):
        _proof(reading.rules.covenant, console)
        return 0
    return 1


def _matrix(covenant: Covenant, console: Console, today: date) -> None:
    console.print(f"[bold]{escape(covenant.title.get('en', covenant.id))}[/bold]")
    if covenant.fictional:
        console.print("Fictional: no organisation signed this.")
    wide = console.width >= _WIDE
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    table.add_column("Topic", overflow="fold")
    headings = ("Where", "Lead", "First response", "While there is no response")
    for heading in headings if wide else ("Who and when",):
        table.add_column(heading, overflow="fold", no_wrap=heading in _UNBROKEN)
    for topic in covenant.topics:
        for number, row in enumerate(_rows(topic, covenant, today)):
            cells = row if wide else (_narrow(row),)
            title = escape(topic.name("en")) if number == 0 else ""
            table.add_row(title, *cells)
    console.print(table)


def _narrow(row: tuple[str, ...]) -> str:
    where, lead, response, ladder = row
    return f"{where}: {lead}, {response}\n[dim]{ladder}[/dim]" if lead else where


def _rows(topic: Topic, covenant: Covenant, today: date) -> Iterator[tuple[str, ...]]:
    """Each different way in which this topic is handled, with equal areas together."""
    if topic.refer is not None:
        yield "referred: not taken as an item", "", "", ""
        return
    ways: dict[tuple[Chosen, str], list[Matter]] = defaultdict(list)
    for matter in matters(covenant):
        if matter.topic == topic.id:
            chosen = choose(matter, covenant, today)
            ladder = _ladder(chosen.lead, matter, covenant, today)
            ways[Chosen(chosen.lead, chosen.involved, chosen.because), ladder].append(matter)
    for (chosen, ladder), where in ways.items():
        for part in merged(where):
            yield _named(part.where(covenant)), _lead(chosen), _term(topic.respond), ladder


def _lead(chosen: Chosen) -> str:
    if chosen.because is not Because.ROUTE:
        return f"[yellow]nobody yet[/yellow] ({chosen.lead} coordinates)"
    return f"[bold]{chosen.lead}[/bold]" + "".join(f" + {p}" for p in chosen.involved)


def _term(term: Term) -> str:
    if term.working_days == 0:
        return "same working day"
    return _count(term.working_days, "working day")


def _ladder(lead: str, matter: Matter, covenant: Covenant, today: date) -> str:
    """Who is asked at which part of the term."""
    asked = {
        LadderTo.HOLDER: lead,
        LadderTo.DEPUTY: stand_in(lead, matter, covenant, today),
        LadderTo.COORDINATOR: covenant.coordinator,
    }
    return " → ".join(f"{step.at_percent}% {asked[step.to]}" for step in covenant.ladder)


def _problems(problems: list[Problem], path: Path, console: Console) -> None:
    for problem in problems:
        text = problem.at(path) + (" (warning)" if problem.level == "warning" else "")
        console.print(text, markup=False, highlight=False, soft_wrap=True)


def _questions(reading: Reading, console: Console) -> None:
    if not reading.rules:
        return
    covenant = reading.rules.covenant
    questions = [gap.question(covenant) for gap in reading.gaps] + helping_questions(covenant)
    if questions:
        console.print("\n[bold]For the partners' agenda[/bold]")
    for question in questions:
        console.print(f"• {_named(question)}", highlight=False, soft_wrap=True)


def _proof(covenant: Covenant, console: Console) -> None:
    taken = [t for t in covenant.topics if t.refer is None]
    homes = max((len(landlords_for(t, covenant)) for t in taken), default=0)
    combinations = sum(1 for _ in matters(covenant))
    console.print(
        f"Every topic in every area, for every kind of landlord, has exactly one lead with the"
        f" mandate for it, and a ladder that ends at the coordinator: {len(taken)} topics,"
        f" {len(covenant.areas)} areas, up to {homes} kinds of landlord,"
        f" {combinations} combinations.",
        highlight=False,
    )
    console.print(f"Coordinators: {listed(list(covenant.coordinators))}.", markup=False)


def _named(text: str) -> str:
    """The text for the screen, with names in italics."""
    return _NAME.sub(r"[italic]\1[/italic]", escape(text))


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
