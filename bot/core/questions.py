"""The kinds of question: what each asks, accepts, refuses and shows again."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from typing import Any, ClassVar

from bot.core.covenant import Covenant
from bot.core.given import (
    Album,
    ContactShared,
    Document,
    Forwarded,
    Given,
    LocationShared,
    PhotoSent,
    Pressed,
    Said,
    Sticker,
    Voice,
    clean,
)
from bot.core.prompts import Button, Say
from bot.core.words import Line, _, line
from bot.core.worktime import Rules

MAX_TEXT = 2000
"""Characters of one free answer; a Telegram message has at most 4,096."""


@dataclass(frozen=True)
class Scene:
    """What a turn knows besides the draft: the rules, the moment and the person's language."""

    rules: Rules
    now: datetime
    say: Callable[[Say], str]
    """A label in the person's language, to recognise it when typed and to lay out buttons."""

    @property
    def covenant(self) -> Covenant:
        """The agreement in force."""
        return self.rules.covenant


@dataclass(frozen=True)
class SoFar:
    """The earlier, valid answers by question name; all that a question may depend on."""

    answers: Mapping[str, Any]
    scene: Scene
    context: Mapping[str, str]
    done: tuple[str, ...] = ()
    whole: bool = False
    """The whole list of choices is on the screen."""
    count: int = 0
    """How many things the question at hand has collected."""
    given: Any = None
    """What the question at hand has collected."""

    def get(self, name: str) -> Any:
        """The answer to an earlier question; None when it was skipped or not asked."""
        return self.answers.get(name)

    @property
    def covenant(self) -> Covenant:
        """The agreement in force."""
        return self.scene.covenant


@dataclass(frozen=True)
class Accepted:
    """A valid answer as JSON data, with what to say about it."""

    value: Any
    notes: tuple[Say, ...] = ()


@dataclass(frozen=True)
class Refused:
    """No valid answer, and the one sentence that says why."""

    why: Line


Asking = str | Callable[[SoFar], Sequence[Say]]
Condition = Callable[[SoFar], bool]

NOBODY_LISTENS = _("Nobody listens to this now. Is someone in danger? Call 112.")
NOBODY_LOOKS = _("Nobody looks at this now. Is someone in danger? Call 112.")
_WORDS_KEPT = _("I kept your words, not the file. Photos can come after sending.")

_WHY: dict[type, str] = {
    Voice: _("A voice message can't be used here. Please type, or tap a button."),
    PhotoSent: _("A photo can't be used here. Please type, or tap a button."),
    Album: _("Photos can't be used here. Please type, or tap a button."),
    LocationShared: _("A place on the map can't be used here. Please type, or tap a button."),
    ContactShared: _("Please don't send someone's contact details. I did not keep them."),
    Sticker: _("I don't understand stickers. Please type, or tap a button."),
    Forwarded: _("Someone else wrote that. Please answer in your own words."),
    Document: _("A file can't be used here. Please type, or tap a button."),
}
_WHY_OTHER = _("I can't use that here. Please type, or tap a button.")
CHOOSE = _("That is not one of the choices. Please tap a button, or type its number.")
NO_WORDS = _("I can't read words in that. Please write one sentence.")
_TOO_LONG = _("That is too long: {count} characters. At most {max} fit.")


@dataclass(frozen=True)
class Question(ABC):
    """One question of a form. `label` is its short name in the review; empty: not shown there."""

    name: str
    text: Asking
    by_name: KW_ONLY
    label: str = ""
    when: Condition | None = None
    """Reads earlier answers only; the first line of its docstring explains it in the chart."""
    skippable: bool = False
    skip_label: str = _("Skip")
    takes_location: ClassVar[bool] = False
    passing: ClassVar[bool] = False
    """Something to read, not to answer: going back passes over it."""
    ends: ClassVar[bool] = False
    """Once answered, the form is complete."""
    collects: ClassVar[bool] = False
    """Takes several things, until the person says that there are no more."""

    def applies(self, so_far: SoFar) -> bool:
        """Whether it is asked at all."""
        return self.when is None or self.when(so_far)

    def lines(self, so_far: SoFar) -> tuple[Say, ...]:
        """What is asked, in paragraphs."""
        return (line(self.text),) if isinstance(self.text, str) else tuple(self.text(so_far))

    def ready(self, so_far: SoFar) -> bool:
        """Whether the person may say that there are no more things to take."""
        del so_far
        return False

    def holds(self, value: Any, so_far: SoFar) -> bool:
        """Whether a stored answer is still valid."""
        return (value is None and self.skippable) or self.valid(value, so_far)

    @abstractmethod
    def valid(self, value: Any, so_far: SoFar) -> bool:
        """Whether `value` answers this question."""

    def buttons(self, so_far: SoFar) -> tuple[Button, ...]:
        """The choices on the screen."""
        del so_far
        return ()

    def shown(self, value: Any, so_far: SoFar) -> Say:
        """An answer as the review shows it."""
        del so_far
        return line("{said}", said=str(value))

    def read(self, given: Given, so_far: SoFar) -> Accepted | Refused:
        """What was sent, as an answer or as a sentence why it is none."""
        match given:
            case Said(text=text):
                return self.read_text(clean(text), so_far)
            case Pressed(value=value):
                return self.read_value(value, so_far)
        return refused(given)

    @abstractmethod
    def read_text(self, text: str, so_far: SoFar) -> Accepted | Refused:
        """A typed answer, cleaned."""

    def read_value(self, value: str, so_far: SoFar) -> Accepted | Refused:
        """The value of a button."""
        return Accepted(value) if self.valid(value, so_far) else Refused(line(CHOOSE))


def refused(given: Given) -> Refused:
    """Why this kind of message is no answer."""
    return Refused(line(_WHY.get(type(given), _WHY_OTHER)))


def has_words(text: str) -> bool:
    """Whether someone can read it: a letter or a digit is enough."""
    return any(c.isalnum() for c in text)


@dataclass(frozen=True)
class Text(Question):
    """Free text, or a voice message where `voice` allows: a text, or `{"voice": file id}`."""

    by_name: KW_ONLY
    max_length: int = MAX_TEXT
    voice: bool = False

    def valid(self, value: Any, so_far: SoFar) -> bool:
        """A text with words, not too long; or a voice message."""
        if isinstance(value, dict):
            return self.voice and isinstance(value.get("voice"), str)
        return isinstance(value, str) and isinstance(self.read_text(value, so_far), Accepted)

    def read(self, given: Given, so_far: SoFar) -> Accepted | Refused:
        """Also takes a voice message, and the words below a photo or file."""
        match given:
            case Voice(file_id=file_id) if self.voice:
                return Accepted({"voice": file_id}, (line(NOBODY_LISTENS),))
            case PhotoSent(caption=caption) | Album(caption=caption) | Document(caption=caption):
                read = self.read_text(clean(caption), so_far) if caption else refused(given)
                noted = (line(_WORDS_KEPT),)
                return Accepted(read.value, noted) if isinstance(read, Accepted) else read
        return super().read(given, so_far)

    def read_text(self, text: str, so_far: SoFar) -> Accepted | Refused:
        """The text itself."""
        del so_far
        if len(text) > self.max_length:
            return Refused(line(_TOO_LONG, count=len(text), max=self.max_length))
        if not has_words(text):
            return Refused(line(NO_WORDS))
        return Accepted(text)

    def read_value(self, value: str, so_far: SoFar) -> Accepted | Refused:
        """A free text has no buttons."""
        del value, so_far
        return Refused(line(CHOOSE))

    def shown(self, value: Any, so_far: SoFar) -> Say:
        """The text, or that it was spoken."""
        if isinstance(value, dict):
            return line(_("your voice message"))
        return super().shown(value, so_far)
