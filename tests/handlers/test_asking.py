"""Asking and offering through the phones: limits, lists, lost roles, and who may look."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.helping.asks import Ask
from bot.core.items import Item
from tests.handlers.near import Near, near

ASK = ("/hulp", "[Myself]", "[Skip]", "[A pet]", "[Tomorrow]", "1", "[Ready]", "[Handel]", "[Yes]")
OFFER = (
    *("/help_bieden", "[☐ A meal]", "[Ready]", "[All days]", "[Ready]", "1", "[Ready]"),
    *("[Gemert]", "[All villages]", "[Twice]", "[Skip]", "[Save]"),
)


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Near]:
    """A circle with an ask of Anna."""
    async with near(tmp_path) as near_:
        yield near_


async def play(here: Near, name: str, *gestures: str) -> str:
    """What somebody's phone shows after all of this."""
    shown = [line for gesture in gestures for line in await here.act(name, gesture)]
    return "\n".join(map(str, shown))


async def asks(here: Near, name: str) -> list[Ask]:
    """What somebody asked, the newest first."""
    async with here.village.store.reading() as records:
        return list(await records.asked_by(here.key(name)))


async def items(here: Near, name: str) -> list[Item]:
    """What somebody reported."""
    async with here.village.store.reading() as records:
        return list(await records.raised_by(here.key(name)))


async def paused(here: Near, name: str) -> bool:
    """Whether the offer of somebody rests."""
    offer = (await here.neighbour(name)).offer
    return offer is not None and offer.paused_until is not None


async def test_a_day_has_so_many_asks(here: Near) -> None:
    """The sixth is refused kindly, before anything is filled in; the next day counts anew."""
    await play(here, "mo", *ASK, "[Send]")
    for _n in range(4):
        await play(here, "mo", *ASK, "[Send]")
    assert "You asked for help 5 times today" in await play(here, "mo", "/hulp")
    assert len(await asks(here, "mo")) == 5
    await here.village.advance(timedelta(days=1))
    assert "Who is the help for?" in await play(here, "mo", "/hulp")


async def test_a_double_tap_on_send_asks_once(here: Near) -> None:
    """The second tap finds the form gone."""
    await play(here, "mo", *ASK, "[Send] (twice)")
    assert len(await asks(here, "mo")) == 1


async def test_reports_and_asks_are_in_one_list(here: Near) -> None:
    """The most urgent first; a tap or the typed code opens the right card."""
    await play(here, "mo", *ASK, "[Send]")
    (ask,) = await asks(here, "mo")
    await play(here, "mo", "There is loud music every night", "[No]", "[The neighbourhood]")
    await play(here, "mo", "[Noise]", "[I don't know]", "[Gemert]", "[I don't know]", "[Yes]")
    await play(here, "mo", "[Send]")
    (item,) = await items(here, "mo")
    listed = await play(here, "mo", "/mijn")
    # The help is wanted tomorrow, the municipality has some days more.
    assert listed.index(ask.code) < listed.index(item.code)
    assert "Wished: " in await play(here, "mo", f"[{ask.code}]")
    assert "Wished: " in await play(here, "mo", ask.code.lower())


async def test_the_code_of_somebody_else_tells_nothing(here: Near) -> None:
    """The same as for a code that nobody has."""
    await play(here, "mo", *ASK, "[Send]")
    (ask,) = await asks(here, "mo")
    assert "I know nothing of yours with that code." in await play(here, "wil", ask.code)
    assert "Wished" not in await play(here, "wil", f"<forged: my_ask:{ask.key}:1>")


async def test_who_loses_the_role_asks_for_nobody_else(here: Near) -> None:
    """The form was open while Vera stopped coordinating; at Send it is checked again."""
    await play(here, "vera", "/cirkel", "[Ask for a neighbour]")
    await play(here, "vera", "Riet", "[Skip]", "[Groceries]", "[Yes]", "[Tomorrow]", "1")
    await play(here, "vera", "[Ready]", "[Yes]")
    vera = await here.neighbour("vera")
    async with here.village.store.writing() as records:
        records.put(vera.model_copy(update={"circles": ()}))
    await play(here, "vera", "[Send]")
    async with here.village.store.reading() as records:
        assert all(ask.by is None for ask in await records.asks_in("molenstraat"))


async def test_on_behalf_is_for_who_coordinates_only(here: Near) -> None:
    """A forged button of a member, and of a volunteer of another circle."""
    for name in ("mo", "hans"):
        await play(here, name, "/help", "<forged: circle_for:molenstraat:0>")
        assert "first name" not in await play(here, name, "/help")


async def test_an_ask_on_behalf_speaks_through_the_volunteer(here: Near) -> None:
    """Nobody else is the asker; the yes is kept with it."""
    await play(here, "vera", "/cirkel", "[Ask for a neighbour]")
    await play(here, "vera", "Riet", "[Skip]", "[Groceries]", "[Yes]", "[Tomorrow]", "1")
    await play(here, "vera", "[Ready]", "[Yes]", "[Send]")
    async with here.village.store.reading() as records:
        (ask,) = [a for a in await records.asks_in("molenstraat") if a.by]
    assert (ask.asker, ask.by) == (None, here.key("vera"))
    assert ask.wish.for_other == "Riet"
    assert ask.wish.consent is not None
    assert ask.wish.consent.to == here.key("vera")
    assert ask.wish.consent.words == "Riet said yes to this."


async def test_asks_for_others_count_apart(here: Near) -> None:
    """Who asked enough for themselves still asks for others; enough of these is said before the
    form."""
    for_riet = ("/cirkel", "[Ask for a neighbour]", "Riet", "[Skip]", "[A pet]", "[Yes]")
    behalf = (*for_riet, "[Tomorrow]", "1", "[Ready]", "[Yes]", "[Send]")
    for _n in range(5):
        await play(here, "vera", *ASK, "[Send]")
    assert "You asked for help 5 times today" in await play(here, "vera", "/hulp")
    for _n in range(6):
        assert "We look for a neighbour" in await play(here, "vera", *behalf)
    vera = await here.neighbour("vera")
    assert (len(vera.asks), len(vera.put)) == (5, 6)
    async with here.village.store.writing() as records:
        records.put(vera.model_copy(update={"put": vera.put * 5}))
    said = await play(here, "vera", "/cirkel", "[Ask for a neighbour]")
    assert "That is enough for today" in said
    assert "first name" not in said


async def test_an_offer_is_kept_found_and_taken_back(here: Near) -> None:
    """One offer each; without it nothing is left."""
    await play(here, "mo", *OFFER)
    offer = (await here.neighbour("mo")).offer
    assert offer is not None
    assert (offer.kinds, offer.most, offer.area) == (("meal",), 2, "gemert")
    assert len(offer.areas) == len(here.village.rules.covenant.areas)
    await play(here, "mo", "[Stop offering]", "[Yes, stop offering]")
    assert (await here.neighbour("mo")).offer is None
    assert (await here.neighbour("mo")).circles, "the place in the circle stays"


async def test_a_pause_ends_by_itself_and_is_said(here: Near) -> None:
    """On the first day on which the neighbour may be asked again, and not before."""
    await play(here, "mo", *OFFER, "[Pause]", "[A week]")
    here.clear()
    await here.village.advance(timedelta(days=6))
    assert await paused(here, "mo")
    await here.village.advance(timedelta(days=2))
    assert not await paused(here, "mo")
    said = [str(s) for s in here.phones.news[here.phones.user("mo")]]
    assert sum("Your pause is over." in line for line in said) == 1


@pytest.mark.parametrize(
    "verb", ["offer_pause", "offer_rest", "offer_until", "offer_on", "offer_stop", "offer_end"]
)
async def test_without_an_offer_its_buttons_say_so(verb: str, here: Near) -> None:
    """Forged or old, they change nothing."""
    said = await play(here, "mo", "/help", f"<forged: {verb}::7>")
    assert "You offer no help now." in said
    assert (await here.neighbour("mo")).offer is None


async def test_a_pause_of_another_length_is_no_button(here: Near) -> None:
    """Only a week or a month stand on the buttons."""
    await play(here, "mo", *OFFER, "<forged: offer_rest::9999>")
    offer = (await here.neighbour("mo")).offer
    assert offer is not None
    assert offer.paused_until is None
