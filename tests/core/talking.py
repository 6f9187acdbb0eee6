"""Talking to a form in tests: every turn the draft is saved as JSON and loaded again."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.core import conversation
from bot.core.conversation import Shown, Step
from bot.core.forms import Draft, Form, Progress, progress
from bot.core.given import Given, Pressed, Said
from bot.core.names import Titled
from bot.core.prompts import Problem, Prompt, Say, Taken
from bot.core.questions import Scene
from bot.core.words import Line
from bot.core.worktime import Rules
from tests.core.strategies import example

NOW = datetime(2026, 11, 5, 13, 0, tzinfo=UTC)
"""A Thursday afternoon."""


def say(text: Say) -> str:
    """The text in English, as the catalogue-free reader sees it."""
    if isinstance(text, Titled):
        return text.name("en")
    said = {k: say(v) if isinstance(v, Line | Titled) else str(v) for k, v in text.values.items()}
    return text.text.format(**said)


@dataclass
class Talk:
    """A conversation: what was shown last, and the draft as it was stored."""

    form: Form
    rules: Rules = field(default_factory=example)
    context: dict[str, str] = field(default_factory=dict)
    now: datetime = NOW
    message_id: int = 0
    step: Step = field(init=False)

    def __post_init__(self) -> None:
        draft = conversation.start(self.form, self.now, context=self.context)
        self.step = conversation.show(self.form, draft, self.scene)

    @property
    def scene(self) -> Scene:
        """What a turn knows now."""
        return Scene(self.rules, self.now, say)

    @property
    def draft(self) -> Draft:
        """The draft, once saved and loaded."""
        return Draft.model_validate_json(self.step.draft.model_dump_json())

    @property
    def at(self) -> Progress:
        """Where the draft stands."""
        return progress(self.form, self.draft, self.scene)

    @property
    def shown(self) -> Shown:
        """What was shown last."""
        return self.step.shown

    @property
    def prompt(self) -> Prompt:
        """The prompt that stands on the screen."""
        shown = self.shown
        if isinstance(shown, Problem | Taken) and shown.prompt is not None:
            return shown.prompt
        assert isinstance(shown, Prompt), shown
        return shown

    @property
    def question(self) -> str:
        """The name of the question on the screen."""
        return self.prompt.question

    @property
    def labels(self) -> list[str]:
        """The buttons on the screen, in reading order."""
        return [say(b.label) for b in self.prompt.buttons]

    @property
    def text(self) -> str:
        """The prompt's paragraphs."""
        return "\n".join(map(say, self.prompt.lines))

    @property
    def notes(self) -> list[str]:
        """What is said besides."""
        return [say(note) for note in self.step.notes]

    @property
    def answers(self) -> dict[str, object]:
        """The stored answers by question."""
        return {name: a.value for name, a in self.draft.answers.items()}

    def give(self, *given: Given) -> "Talk":
        """Send these, one by one."""
        for each in given:
            self.now += timedelta(seconds=5)
            self.step = conversation.answer(self.form, self.draft, each, self.scene)
        return self

    def say(self, *texts: str) -> "Talk":
        """Type these, one by one; each message has its own number, from 1."""
        for text in texts:
            self.message_id += 1
            self.give(Said(text, self.message_id))
        return self

    def tap(self, *labels: str) -> "Talk":
        """Tap the buttons with these labels, one by one."""
        for label in labels:
            found = [b for b in self.prompt.buttons if say(b.label) == label]
            assert found, (label, self.labels)
            self.give(Pressed(found[0].verb.value, found[0].value, self.prompt.revision))
        return self

    def edit(self, message_id: int, text: str) -> bool:
        """Edit an earlier message; whether it was an answer of this form."""
        step = conversation.correct(self.form, self.draft, message_id, text, self.scene)
        self.step = step or self.step
        return step is not None
