"""The contents of an item for one viewer: what the mandate allows, in messages that fit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.covenant import OTHER_LANDLORD, OWN_HOME, UNKNOWN_LANDLORD, About, Covenant
from bot.core.items import Addition, Event, EventKind, Item, Openness, Report
from bot.core.routing import partner_or_none
from bot.core.words import Line, _, line
from handlers.paragraphs import pieces, units
from handlers.states import happened

MOST = 3500
"""UTF-16 units of one message: under Telegram's 4,096, with room for a language's longer words."""
CHUNK = 3000
"""UTF-16 units of somebody's words in one piece; no piece is longer than a message."""

NOT_SAFE = _("<b>Not safe for the reporter. Call first, pass nothing on.</b>")

ABOUT = {
    About.SELF: _("About the reporter."),
    About.OTHER: _("About someone else."),
    About.NEIGHBOURHOOD: _("About the neighbourhood."),
}
_LANDLORDS = {
    OTHER_LANDLORD: _("another landlord"),
    OWN_HOME: _("an own home"),
    UNKNOWN_LANDLORD: _("not known"),
}
_WORDS = frozenset({EventKind.QUESTION, EventKind.ANSWER, EventKind.NOTE, EventKind.CLOSED})
_SHOWN = _WORDS | {
    EventKind.ASSIGNED,
    EventKind.ACCEPTED,
    EventKind.COVERED,
    EventKind.DECLINED,
    EventKind.STEP,
    EventKind.REPORTER_SAID,
    EventKind.TOLD,
    EventKind.REOPENED,
    EventKind.WITHDRAWN,
    EventKind.PASSED_ON,
    EventKind.HANDED_BACK,
    EventKind.BACK_OVER,
    EventKind.BACK_AGAIN,
    EventKind.TALK,
}


@dataclass(frozen=True)
class Part:
    """One message of an opened card: a text, or a picture or voice message."""

    text: Line
    photo: str | None = None
    voice: str | None = None


def parts(
    item: Item, history: Iterable[Event], viewer: str, covenant: Covenant
) -> tuple[Part, ...]:
    """Everything that a viewer who acts for this partner may read, in order.

    Why a partner declined is between that partner and the coordinator.
    """
    texts = [*_report(item, covenant)]
    for added in item.report.additions:
        texts += _addition(added)
    for event in history:
        if event.kind in _SHOWN:
            texts += _event(event, viewer, covenant)
    return tuple(Part(text) for text in _packed(texts)) + tuple(_media(item.report))


def title(item: Item, covenant: Covenant) -> Line:
    """Code, topic and village: what a list shows to who may see the item."""
    return line("<b>{code}</b> {what}", code=item.code, what=topic_and_village(item, covenant))


def topic_and_village(item: Item, covenant: Covenant) -> Line:
    """What it is about and where."""
    topic = next((t for t in covenant.topics if t.id == item.report.topic), item.report.topic)
    area = next((a for a in covenant.areas if a.id == item.report.area), None)
    where = area or line(_("village not known"))
    return line("{topic}, {area}", topic=topic, area=where)


def _report(item: Item, covenant: Covenant) -> Iterator[Line]:
    report = item.report
    yield title(item, covenant)
    yield line(_("Came in on {at}."), at=item.created)
    if report.unsafe:
        yield line(NOT_SAFE)
    yield line(ABOUT[report.about])
    topic = next((t for t in covenant.topics if t.id == report.topic), None)
    if report.wants_offer and topic and topic.first_offer:
        yield line(_("The reporter wants {offer}."), offer=topic.first_offer)
    if report.address:
        yield line(_("Address: {address}"), address=report.address)
    if report.landlord != UNKNOWN_LANDLORD or _topic_asks(report, covenant):
        yield line(_("Home of: {landlord}"), landlord=_landlord(report, covenant))
    yield _reporter(item)
    wrote = _("A volunteer wrote:") if item.passed else _("In their own words:")
    yield from _words(line(wrote), report.text)
    if report.voice:
        yield line(_("The reporter sent a voice message, below."))


def _reporter(item: Item) -> Line:
    report, passed = item.report, item.passed
    if passed and passed.by == item.reporter:
        return line(_("The volunteer reports it. Ask them through this chat."))
    if report.openness is Openness.NAMED and report.name:
        return line(_("Reporter: {name}"), name=report.name)
    return line(_("The reporter stays unknown. Ask through this chat."))


def _landlord(report: Report, covenant: Covenant) -> object:
    known = partner_or_none(report.landlord, covenant)
    return known or line(_LANDLORDS.get(report.landlord, _("not known")))


def _topic_asks(report: Report, covenant: Covenant) -> bool:
    return any(t.by_landlord for t in covenant.topics if t.id == report.topic)


def _addition(added: Addition) -> Iterator[Line]:
    head = line(_("Added on {at}:"), at=added.at)
    yield from _words(head, added.text)
    if added.photo or added.voice:
        kind = _("a photo, below") if added.photo else _("a voice message, below")
        yield line("{head} {what}", head=head, what=line(kind))


def _event(event: Event, viewer: str, covenant: Covenant) -> Iterator[Line]:
    head = line("{at}: {what}", at=event.at, what=happened(event, covenant))
    between = event.kind is EventKind.DECLINED
    hidden = between and viewer not in {event.partner, covenant.coordinator}
    text = "" if hidden else str(event.data.get("text") or event.data.get("note") or "")
    yield from _words(head, text) if text else iter((head,))


def _words(head: Line, text: str) -> Iterator[Line]:
    """Somebody's words under a heading, in pieces that fit a message."""
    for number, words in enumerate(pieces(text, CHUNK)):
        said = line("<blockquote>{words}</blockquote>", words=words)
        yield said if number else line("{head}\n{said}", head=head, said=said)


def _packed(texts: Sequence[Line]) -> Iterator[Line]:
    """As many lines to a message as fit."""
    page: list[Line] = []
    for text in texts:
        if page and sum(map(_length, page)) + _length(text) > MOST:
            yield _page(page)
            page = []
        page.append(text)
    yield _page(page)


def _page(lines: Sequence[Line]) -> Line:
    names = [f"line{i}" for i in range(len(lines))]
    text = "\n".join("{" + name + "}" for name in names)
    return line(text, **dict(zip(names, lines, strict=True)))


def _length(text: Line) -> int:
    """UTF-16 units of the line at most, with room for what a date or a name takes."""
    room = 60
    own = units(text.text)
    return own + sum(
        _length(v) if isinstance(v, Line) else units(v) if isinstance(v, str) else room
        for v in text.values.values()
    )


def _media(report: Report) -> Iterator[Part]:
    if report.voice:
        yield Part(line(_("The report, spoken.")), voice=report.voice)
    for added in report.additions:
        caption = line(_("Added on {at}:"), at=added.at)
        if added.photo or added.voice:
            yield Part(caption, photo=added.photo, voice=added.voice)
