"""The circle's Telegram group: linking it with a code, and what it may see."""

from collections.abc import Sequence

from telegram import Update

from bot.core.circles import Circle
from bot.core.errors import NotAllowed
from bot.core.helping import circles
from bot.core.helping.neighbours import Group
from bot.core.people import Person
from bot.core.ports import Call, Priority
from bot.core.words import Line, _, line
from handlers.circles import people
from handlers.keyboards import Button, Press, on_press
from handlers.paragraphs import joined
from handlers.speech import Speaker
from handlers.turn import Turn

Links = Sequence[tuple[str, str]]
"""Buttons of a group: a label, and what stands after `/start` in the private chat it opens."""

_LINKED = _("A Telegram group is linked since {since}.")
_NOT_LINKED = _("No Telegram group is linked.")
_SEES = (
    _("The group sees what help is asked, on which part of the day, and your circle."),
    _("It never sees names or addresses. In a small circle it only hears of a question."),
)
_HOW = (
    _("Add me to the group first. Then type there: /koppel {code}"),
    _("Only you can use this code, until {until}."),
)
_ALREADY = _("This circle has a group already. Unlink that one first.")
_WRONG = _("I can't link this group with that. Ask for a code under /cirkel, in a chat with me.")
_TAKEN = _("This group belongs to another circle. Unlink it there first.")
_HELLO = (
    _("This group belongs to {circle} now."),
    _("I tell here when a neighbour looks for help: what, and on which part of the day."),
    _("I never tell names or addresses. Answering is in a chat with me: @{name}"),
)
_DONE = _("The group is linked to {circle}.")
_UNLINKED = _("The group is no longer linked. I tell nothing there any more.")
_NOTHING = _("No group is linked now.")
_BYE = _("This group is no longer linked to {circle}. I tell nothing here any more.")
_CUT = _("<b>{Circle}</b>\nThe Telegram group is no longer linked. A volunteer can link one again.")
_QUESTION = _("There is a question in {circle}.")


async def show(_update: Update, turn: Turn) -> None:
    """Whether a group is linked, and what that means."""
    here = await people.as_volunteer(turn, people.pressed(turn).id)
    kept = await people.group_of(turn, here.circle.id)
    local = turn.rules.calendar.local
    since = people.dated(local(kept.since).date()) if kept.since else ""
    says = [line(_LINKED, since=since) if kept.chat else line(_NOT_LINKED)]
    says += [line(text) for text in _SEES]
    button = Button(line(_("Link a group")), Press("group_code", here.circle.id))
    if kept.chat:
        button = Button(line(_("Unlink the group")), Press("group_off", here.circle.id))
    turn.say(joined(says, turn.speaker), [[button], [people.back(here.circle)]])


async def give_code(_update: Update, turn: Turn) -> None:
    """A code with which this volunteer, and nobody else, links a group within the hour."""
    here = await people.as_volunteer(turn, people.pressed(turn).id)
    kept = await people.group_of(turn, here.circle.id)
    if kept.chat:
        turn.say(line(_ALREADY))
        return
    code = circles.draw_code(turn.house.random)
    until = turn.now + circles.LINK_TIME
    news = {"code": _hashed(turn, code), "code_by": turn.person.key, "code_until": until}
    turn.records.put(kept.model_copy(update=news))
    turn.say(joined([line(text, code=code, until=until) for text in _HOW], turn.speaker))


async def unlink(_update: Update, turn: Turn) -> None:
    """The group hears nothing any more."""
    here = await people.as_volunteer(turn, people.pressed(turn).id)
    kept = await people.group_of(turn, here.circle.id)
    if not kept.chat:
        turn.toast(line(_NOTHING))
        return
    turn.say(line(_UNLINKED))
    await _cut(turn, kept, besides=turn.person.key)


async def link(update: Update, turn: Turn) -> None:
    """`/koppel CODE`, typed in the group by the volunteer who asked for the code."""
    chat, user = update.effective_chat, update.effective_user
    assert chat is not None, "the handler's filter lets groups through only"
    words = (turn.args or [""])[0]
    person = turn.house.person_key(user.id) if user and not user.is_bot else ""
    kept = await _with_code(turn, words, person)
    if kept is None:
        _answer(turn, chat.id, _WRONG)
        return
    circle = people.circle_of(turn, kept.key)
    if await circle_in(turn, chat.id) not in {None, kept.key}:
        _answer(turn, chat.id, _TAKEN)
        return
    lane = lane_of(turn, chat.id)
    news = {"chat": chat.id, "lane": lane, "linked_by": person, "since": turn.now, "code": ""}
    kept = kept.model_copy(update=news)
    turn.records.put(kept)
    values = {"circle": circle, "name": turn.house.bot_name}
    hello = joined([line(text, **values) for text in _HELLO], _voice(turn))
    turn.records.append(_call(kept, {"text": _said(turn, hello)}))
    for linker in await people.persons(turn, [person]):
        turn.say(line(_DONE, circle=circle), to=linker)


async def post(
    turn: Turn, circle: str, text: Line, links: Sequence[Links] = (), card: str | None = None
) -> None:
    """Tell the linked group; in a small circle only that there is a question.

    `card` names the message, so that it can be changed when the question is answered.
    """
    kept = await people.group_of(turn, circle)
    if not kept.chat:
        return
    found = people.circle_of(turn, circle)
    if not await _steers(turn, kept.linked_by, found):
        await _cut(turn, kept)
        return
    if circles.small(await turn.records.neighbours_in(circle), circle, turn.rules):
        text = line(_QUESTION, circle=found)
    params: dict[str, object] = {"text": _said(turn, text)}
    if turn.rules.calendar.quiet(turn.now):
        params["disable_notification"] = True
    if links:
        rows = [[_url(turn, label, start) for label, start in row] for row in links]
        params["reply_markup"] = {"inline_keyboard": rows}
    turn.records.append(_call(kept, params).model_copy(update={"card": card}))


async def change(turn: Turn, circle: str, card: str, text: Line) -> None:
    """Replace what stands in the linked group under the name `card`, without its buttons."""
    kept = await people.group_of(turn, circle)
    if kept.chat:
        call = _call(kept, {"text": _said(turn, text)})
        turn.records.append(call.model_copy(update={"method": "editMessageText", "card": card}))


async def circle_in(turn: Turn, chat: int) -> str | None:
    """The circle that this chat is linked to, or None."""
    for circle in turn.rules.covenant.circles:
        kept = await turn.records.get(Group, circle.id)
        if kept is not None and kept.chat == chat:
            return circle.id
    return None


async def forget(turn: Turn, chat: int) -> None:
    """We were put out of this chat: nothing is told there any more."""
    circle = await circle_in(turn, chat)
    if circle is not None:
        await _unlink(turn, await people.group_of(turn, circle))


async def lost(turn: Turn, lane: str) -> None:
    """Telegram takes no message for the group with this lane: it is not ours any more."""
    for circle in turn.rules.covenant.circles:
        kept = await turn.records.get(Group, circle.id)
        if kept is not None and kept.lane == lane:
            await _unlink(turn, kept)


async def moved(turn: Turn, before: int, after: int) -> None:
    """Telegram made another group of it (a supergroup): the link goes along."""
    circle = await circle_in(turn, before)
    if circle is not None:
        kept = await people.group_of(turn, circle)
        news = {"chat": after, "lane": lane_of(turn, after)}
        turn.records.put(kept.model_copy(update=news))


async def drop_person(turn: Turn, kept: Group, person: str) -> None:
    """Somebody left: no code of theirs works, no group hangs on them, no meeting counts them."""
    meetings = tuple(circles.signed(m, person, comes=False) for m in kept.meetings)
    after = kept.model_copy(update={"meetings": meetings})
    if kept.code_by == person:
        after = after.model_copy(update={"code": "", "code_by": "", "code_until": None})
    if after != kept:
        turn.records.put(after)
    if after.linked_by == person:
        await _cut(turn, after)


def lane_of(turn: Turn, chat: int) -> str:
    """The name of the group's chat in the outbox."""
    return turn.house.lookup("chat", str(chat))


async def _with_code(turn: Turn, typed: str, person: str) -> Group | None:
    """The circle whose code this is, if this person asked for it and still coordinates there."""
    code = circles.read_code(typed)
    hashed = _hashed(turn, code) if code else ""
    for circle in turn.rules.covenant.circles if hashed and person else ():
        kept = await turn.records.get(Group, circle.id)
        if kept is None or kept.code != hashed or kept.code_by != person or kept.chat:
            continue
        if not circles.expired(kept.code_until, turn.now) and await _steers(turn, person, circle):
            return kept
    return None


async def _steers(turn: Turn, person: str, circle: Circle) -> bool:
    found = await turn.records.get(Person, person)
    me = await turn.neighbour(person)
    return found is not None and circles.coordinates(found, me, circle)


async def _cut(turn: Turn, kept: Group, besides: str = "") -> None:
    """Tell the group no more, and say so there.

    Who linked it answers for who is in that group; without them nobody does.
    """
    bye = line(_BYE, circle=people.circle_of(turn, kept.key))
    turn.records.append(_call(kept, {"text": _said(turn, bye)}))
    await _unlink(turn, kept, besides)


async def _unlink(turn: Turn, kept: Group, besides: str = "") -> None:
    """No group belongs to the circle any more, and who coordinates hears that."""
    none = {"chat": None, "lane": "", "linked_by": "", "since": None}
    turn.records.put(kept.model_copy(update=none))
    text = line(_CUT, circle=people.circle_of(turn, kept.key))
    for person in await people.volunteers(turn, kept.key):
        if person.key != besides:
            turn.say(text, to=person, silent=turn.rules.calendar.quiet(turn.now))


def _answer(turn: Turn, chat: int, text: str) -> None:
    params = {"chat_id": chat, "text": _said(turn, line(text)), "parse_mode": "HTML"}
    turn.records.append(Call(chat=lane_of(turn, chat), method="sendMessage", params=params))


def _call(kept: Group, params: dict[str, object]) -> Call:
    if kept.chat is None:
        raise NotAllowed
    return Call(
        chat=kept.lane,
        method="sendMessage",
        params={"chat_id": kept.chat, "parse_mode": "HTML", **params},
        priority=Priority.CHECKIN,
    )


def _url(turn: Turn, label: str, start: str) -> dict[str, str]:
    url = f"https://t.me/{turn.house.bot_name}?start={start}"
    return {"text": _voice(turn).plain(line(label)), "url": url}


def _voice(turn: Turn) -> Speaker:
    return turn.house.speaker(turn.rules.covenant.languages[0])


def _said(turn: Turn, text: Line) -> str:
    """In the first language of the covenant: a group has no language of its own."""
    return _voice(turn).html(text)


def _hashed(turn: Turn, code: str) -> str:
    return turn.house.lookup("koppel", code)


HANDLERS = [
    on_press("circle_group", show),
    on_press("group_code", give_code),
    on_press("group_off", unlink),
]
