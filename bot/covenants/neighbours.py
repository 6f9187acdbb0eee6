"""What `omzien check` prints of neighbours who help each other: kinds of help and circles."""

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.core.circle_soundness import without_circle
from bot.core.circles import CircleKind, Level
from bot.core.covenant import Covenant
from bot.core.faults import listed

_LEVELS = {
    Level.NO_CONTACT: "no contact",
    Level.IN_PUBLIC: "at the door or in public",
    Level.ALONE: "alone, with a VOG seen and an introduction",
}
_KINDS = {
    CircleKind.BUURTCIRKEL: "buurtcirkel",
    CircleKind.MIXED: "mixed complex",
    CircleKind.COURTYARD: "courtyard",
}


def neighbours(covenant: Covenant, console: Console) -> None:
    """Print the kinds of help with how careful each must be, and the circles with who is behind
    them; nothing when the covenant has none."""
    if covenant.kinds:
        console.print(_help(covenant))
    if covenant.circles:
        console.print(_circles(covenant))
        if alone := without_circle(covenant):
            sentence = (
                f"Without a circle: {listed(alone)}. There neighbours with an offer are asked,"
                " and then a volunteer."
            )
            console.print(sentence, markup=False, highlight=False, soft_wrap=True)


def _help(covenant: Covenant) -> Table:
    table = _table("Kind of help", "How careful", "Own street")
    for kind in covenant.kinds:
        street = "the asker is asked" if kind.company else ""
        table.add_row(escape(kind.name("en")), f"{int(kind.level)}: {_LEVELS[kind.level]}", street)
    return table


def _circles(covenant: Covenant) -> Table:
    table = _table("Circle", "Where", "Partner, coach", "At most")
    for circle in covenant.circles:
        area = next((a.name("en") for a in covenant.areas if a.id == circle.area), circle.area)
        table.add_row(
            f"{escape(circle.name('en'))} ({_KINDS[circle.kind]})",
            escape(area),
            f"{circle.partner}, {circle.coach}",
            str(circle.most),
        )
    return table


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
