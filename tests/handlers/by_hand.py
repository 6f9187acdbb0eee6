"""Turns of the simulated neighbourhood made by hand, to see which laws they break."""

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.core.covenant import UNKNOWN_LANDLORD, About, Kind
from bot.core.forms import Answered, Draft, Drafts
from bot.core.handing import Passed
from bot.core.helping.asks import Ask, AskStage, Helper, Voice, Wish
from bot.core.helping.times import Daypart, Slot, When
from bot.core.items import (
    Access,
    Assignment,
    Event,
    Item,
    Openness,
    Report,
    Stage,
)
from bot.core.ports import Call
from bot.core.queue import Input
from bot.core.routing import Because
from storage import Keys, open_store
from storage.layer import Layer
from tests.bench.neighbourhood import marks
from tests.bench.neighbourhood.laws import Laws
from tests.bench.neighbourhood.mirror import Mirror
from tests.bench.neighbourhood.population import Resident, populate
from tests.bench.neighbourhood.size import MONDAY, SMALL, covenant, places

SLOT = Slot(day=date(2026, 3, 3), part=Daypart.MORNING)
PRESS = {"callback_query": {"data": "ask_read:a:1"}}


class Hand:
    """Makes turns by hand, and looks at them."""

    def __init__(self, mirror: Mirror, laws_: Laws, everyone: list[Resident]) -> None:
        self.mirror = mirror
        self.laws = laws_
        self.asker, self.helper, self.other = everyone

    def turn(
        self, *kept: Any, calls: tuple[Call, ...] = (), log: str = "", events: Sequence[Event] = ()
    ) -> list[str]:
        """The laws that a turn with these changes breaks."""
        changes = Layer(calls=list(calls))
        for thing in kept:
            changes.put(thing)
        for event in events:
            changes.append(event)
        if log:
            changes.append(Access(item="a", person=log, partner=None, at=MONDAY, what="x"))
        input_ = Input(1, "k", calls[0].chat if calls else "", "Update", PRESS, MONDAY, 0)
        self.laws.broken.clear()
        self.laws.turn(self.mirror.turn(input_, changes, MONDAY))
        return [law for law, _what in self.laws.broken]

    def ask(self, stage: AskStage, *, agreed: bool = False, **more: Any) -> Ask:
        """The asker's ask, in this stage, with the helper from the proposal on."""
        kind = more.pop("kind", "groceries")
        when = When(first=SLOT.day, last=SLOT.day, parts=(SLOT.part,))
        text = marks.word(marks.TEXT, 1)
        wish = Wish(
            kind=kind, when=when, area="gemert", circle="c01", text=text,
            address=self.asker.address, voice=more.pop("voice", Voice.NAMED),
        )  # fmt: skip
        helper = Helper(person=self.helper.key, slot=SLOT, since=MONDAY)
        helper = helper.model_copy(update={"agreed": MONDAY}) if agreed else helper
        found = None if stage in {AskStage.LOOKING, AskStage.ENDED} else helper
        more = {"helper": found, **more}
        return Ask(
            key="a",
            code="GB-1",
            asker=self.asker.key,
            wish=wish,
            created=MONDAY,
            stage=stage,
            **more,
        )

    def one(self, partner: str) -> Resident:
        """A professional of this partner."""
        staff = self.mirror.population.staff
        return next(one for one in staff if one.person.role_at(partner))

    def volunteer(self) -> Resident:
        """A volunteer of the three's circle."""
        everyone = self.mirror.population.residents
        return next(one for one in everyone if one.volunteer and one.circle == self.asker.circle)

    def item(self, **changes: Any) -> Item:
        """What the volunteer passed on for the asker, held by home care."""
        report = Report(
            about=About.SELF, topic="selfcare", text=marks.word(marks.PASSED, 1), area="gemert",
            landlord=UNKNOWN_LANDLORD, openness=Openness.VIA_BOT, language="nl",
        )  # fmt: skip
        volunteer = self.volunteer().key
        held = Assignment(
            partner="ZORG", since=MONDAY, because=Because.ROUTE, respond_by=MONDAY,
            by=self.one("ZORG").key, accepted=MONDAY,
        )  # fmt: skip
        base = Item(
            key="i", code="GB-2", kind=Kind.CONCERN, report=report, reporter=self.asker.key,
            created=MONDAY, stage=Stage.HELD, assignment=held,
            passed=Passed(by=volunteer, circle="c01", agreed=MONDAY),
            talk=(self.asker.key, volunteer),
        )  # fmt: skip
        told = changes.pop("report", {})
        return base.model_copy(update={"report": report.model_copy(update=told), **changes})

    def answered(self, form: str, **answers: str) -> Drafts:
        """What the volunteer answered in a form before the turn that follows."""
        given = {name: Answered(value=value) for name, value in answers.items()}
        draft = Draft(form=form, version=1, answers=given, touched=MONDAY)
        return Drafts(key=self.volunteer().key, stack=(draft,))

    def said(self, to: Resident, *words: str) -> tuple[Call, ...]:
        """A message to somebody."""
        return (Call(chat=to.key, method="sendMessage", params={"text": " ".join(words)}),)


async def by_hand(folder: Path) -> Hand:
    """An asker, who helps, and somebody else of the same circle; none of them coordinates."""
    rng = random.Random(1)
    found = places(SMALL, rng)
    rules = covenant(found)
    keys = Keys(sealing=(b"s" * 32,), lookup=b"l" * 32)
    store = await open_store(f"sqlite:///{folder / 'x.db'}", keys, clock=lambda: MONDAY)
    mirror = Mirror(populate(store, rules, found, rng))
    await store.close()
    large = [
        one
        for one in mirror.population.residents
        if one.circle and one.circle.id == "c01" and one.neighbour and not one.volunteer
    ]
    return Hand(mirror, Laws(rules, mirror), large[:3])
