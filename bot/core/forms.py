"""A form: an ordered list of questions, what was answered so far, and which question is next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from bot.core.people import Frozen
from bot.core.questions import Question, Scene, SoFar

MAX_OPEN = 10
"""Forms that one chat may have open; the oldest goes when there are more."""


class Answered(Frozen):
    """An answer as JSON data, with the message that it came from (to correct it by editing)."""

    value: Any
    message_id: int | None = None


class Draft(Frozen):
    """A form being filled in: everything that a conversation needs to go on after a restart."""

    form: str
    version: int
    revision: int = 0
    """The turn number that every button of a prompt carries."""
    answers: Mapping[str, Answered] = {}
    tries: int = 0
    """Invalid answers in a row to the question at hand."""
    changing: str | None = None
    """The question being changed; its old answer stands until the new one is given."""
    whole: str | None = None
    """The question whose whole list of choices is on the screen."""
    album: str | None = None
    """The album whose first photo was answered, so that the others need no answer."""
    done: tuple[str, ...] = ()
    """Questions that collect several things and are finished."""
    context: Mapping[str, str] = {}
    """What the form was opened for, such as the item."""
    touched: datetime
    reminded: bool = False

    def belongs_with(self, other: "Draft") -> bool:
        """Whether both are the same form for the same purpose."""
        return self.form == other.form and dict(self.context) == dict(other.context)


class Drafts(Frozen):
    """The forms of one chat; the last one takes text, the ones below resume."""

    key: str
    stack: tuple[Draft, ...] = ()

    @property
    def top(self) -> Draft | None:
        """The form that takes text."""
        return self.stack[-1] if self.stack else None

    def find(self, form: str, **context: str) -> Draft | None:
        """The open form of this name for this purpose, newest first."""
        found = (d for d in reversed(self.stack) if d.form == form)
        return next((d for d in found if context.items() <= dict(d.context).items()), None)

    def push(self, draft: Draft) -> "Drafts":
        """With `draft` on top, in place of the same form for the same purpose."""
        others = tuple(d for d in self.stack if not d.belongs_with(draft))
        return self.model_copy(update={"stack": (*others, draft)[-MAX_OPEN:]})

    def put(self, draft: Draft) -> "Drafts":
        """With the newest state of a form, where it was in the stack."""
        if all(not d.belongs_with(draft) for d in self.stack):
            return self.push(draft)
        new = tuple(draft if d.belongs_with(draft) else d for d in self.stack)
        return self.model_copy(update={"stack": new})

    def pop(self) -> "Drafts":
        """Without the top one; the one below takes text again."""
        return self.model_copy(update={"stack": self.stack[:-1]})

    def remove(self, draft: Draft) -> "Drafts":
        """Without this form, wherever it lies."""
        left = tuple(d for d in self.stack if not d.belongs_with(draft))
        return self.model_copy(update={"stack": left})

    def without_expired(self, now: datetime, hours: int) -> "Drafts":
        """Without the forms that nobody touched for `hours` hours."""
        life = timedelta(hours=hours)
        left = tuple(d for d in self.stack if now - d.touched < life)
        return self if left == self.stack else self.model_copy(update={"stack": left})


class Form:
    """A conversation as data. A new version keeps the answers that are still valid."""

    def __init__(self, name: str, version: int, *questions: Question) -> None:
        self.name = name
        self.version = version
        self.questions = questions
        names = [q.name for q in questions]
        assert len(set(names)) == len(names), "every question has a name of its own"

    def question(self, name: str) -> Question:
        """The question with this name; `KeyError` if there is none."""
        for question in self.questions:
            if question.name == name:
                return question
        raise KeyError(name)


@dataclass(frozen=True)
class Progress:
    """Where a draft stands: the valid answers before `question`, which is the next one."""

    form: Form
    draft: Draft
    question: Question | None
    """None: the form is complete."""
    so_far: SoFar

    @property
    def current(self) -> Question:
        """The next question of a form that is not complete."""
        assert self.question is not None
        return self.question

    @cached_property
    def passed(self) -> tuple[Question, ...]:
        """The answered questions before the next one, in order, without notices."""
        known = self.so_far.answers
        return tuple(q for q in self.form.questions if q.name in known and not q.passing)

    @property
    def old(self) -> Answered | None:
        """The valid answer that stands until a new one is given."""
        old = self.draft.answers.get(self.current.name)
        changing = old is not None and self.draft.changing == self.current.name
        return old if changing and old and self.current.holds(old.value, self.so_far) else None


def progress(form: Form, draft: Draft, scene: Scene) -> Progress:
    """The next question: the first that applies and has no valid answer, or is being changed."""
    known: dict[str, Any] = {}
    so_far = SoFar(known, scene, draft.context, draft.done)
    for question in form.questions:
        if not question.applies(so_far):
            continue
        stored = draft.answers.get(question.name)
        if stored is None or question.name == draft.changing:
            return Progress(form, draft, question, _at(question, draft, so_far))
        if not question.holds(stored.value, so_far):
            return Progress(form, draft, question, _at(question, draft, so_far))
        known[question.name] = stored.value
        if question.ends:
            break
    return Progress(form, draft, None, so_far)


def _at(question: Question, draft: Draft, so_far: SoFar) -> SoFar:
    stored = draft.answers.get(question.name)
    given = stored.value if stored else None
    count = given if isinstance(given, int) else 0
    whole = draft.whole == question.name
    return SoFar(so_far.answers, so_far.scene, so_far.context, so_far.done, whole, count, given)
