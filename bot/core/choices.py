"""Questions with a list of options: choices, yes or no, notices and the review."""

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import cached_property
from typing import Any, ClassVar

from bot.core.labels import pick
from bot.core.names import Titled
from bot.core.prompts import Button, Say, Verb
from bot.core.questions import CHOOSE, Accepted, Question, Refused, SoFar
from bot.core.words import _, line

Option = tuple[str, Say]
Options = Sequence[tuple[str, str]] | Callable[[SoFar], Sequence[Option]]


@dataclass(frozen=True)
class Choice(Question):
    """One of several options: a tap, the number on the screen, or the label typed."""

    by_name: KW_ONLY
    options: Options
    """Pairs of value and label; a value is an id of at most 32 characters."""
    first: Callable[[SoFar], Sequence[str]] | None = None
    """The few values shown first; a button shows the others."""
    more_label: str = _("Something else")
    extra: tuple[tuple[Verb, str, str], ...] = ()
    """Other buttons after the options: verb, value and label."""

    @cached_property
    def static(self) -> tuple[Option, ...]:
        """The options that depend on nothing; built once, since every turn looks at them."""
        fixed = () if callable(self.options) else self.options
        return tuple((str(value), line(label)) for value, label in fixed)

    def all_options(self, so_far: SoFar) -> tuple[Option, ...]:
        """Every option that there is."""
        return self.static or tuple(_called(self.options, so_far))

    def valid(self, value: Any, so_far: SoFar) -> bool:
        """One of the options."""
        return value in [v for v, _label in self.all_options(so_far)]

    def buttons(self, so_far: SoFar) -> tuple[Button, ...]:
        """The options on the screen, and the extra buttons."""
        if self.static and self.first is None:
            return self._fixed
        first = () if so_far.whole or self.first is None else self.first(so_far)
        return self._buttons(self.all_options(so_far), first)

    @cached_property
    def _fixed(self) -> tuple[Button, ...]:
        return self._buttons(self.static, ())

    def _buttons(self, options: Sequence[Option], first: Sequence[str]) -> tuple[Button, ...]:
        every = dict(options)
        few = [v for v in first if v in every]
        short = 0 < len(few) < len(every)
        shown = [Button(every[v], Verb.ANSWER, v) for v in (few if short else every)]
        more = [Button(line(self.more_label), Verb.MORE)] if short else []
        extra = [Button(line(label), verb, value) for verb, value, label in self.extra]
        return (*shown, *more, *extra)

    def read_text(self, text: str, so_far: SoFar) -> Accepted | Refused:
        """The number or the label of an option, also of one that is not on the screen."""
        say = so_far.scene.say
        shown = [b.value for b in self.buttons(so_far) if b.verb is Verb.ANSWER]
        options = self.all_options(so_far)
        labels = [(value, say(label)) for value, label in options]
        labels += [
            (v, name) for v, la in options if isinstance(la, Titled) for name in la.title.values()
        ]
        value = pick(text, shown, labels)
        return Refused(line(CHOOSE)) if value is None else Accepted(value)

    def shown(self, value: Any, so_far: SoFar) -> Say:
        """The label."""
        return dict(self.all_options(so_far))[value]


def _called(options: Options, so_far: SoFar) -> Sequence[Option]:
    return options(so_far) if callable(options) else ()


YES = "yes"
NO = "no"


@dataclass(frozen=True)
class YesNo(Choice):
    """Yes or no."""

    by_name: KW_ONLY
    options: Options = ((YES, _("Yes")), (NO, _("No")))


@dataclass(frozen=True)
class Notice(Choice):
    """Something to read before going on; `options` are the ways to go on."""

    passing: ClassVar[bool] = True


@dataclass(frozen=True)
class Ending(Notice):
    """A notice that ends the form when it is read: the questions after it are not asked."""

    ends: ClassVar[bool] = True


SEND = "send"


@dataclass(frozen=True)
class Review(Choice):
    """Everything once more before it is sent; each answer can be changed from here.

    `text` tells what will happen; the engine puts the answers above it.
    """

    by_name: KW_ONLY
    options: Options = ((SEND, _("Send")),)
    ways_out: tuple[str, ...] = ()
    """The options that stand below the others."""

    def buttons(self, so_far: SoFar) -> tuple[Button, ...]:
        """The ways to send, change, and then the ways out."""
        options = super().buttons(so_far)
        sends = [b for b in options if b.value not in self.ways_out]
        others = [b for b in options if b.value in self.ways_out]
        return (*sends, Button(line(_("Change")), Verb.CHANGE), *others)
