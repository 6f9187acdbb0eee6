"""Invitations: one-time, not for ever, and told apart in words."""

from datetime import timedelta

from bot.core.people import Person, Role
from tests.handlers import updates
from tests.handlers.conftest import Stranger, Street


async def opened(stranger: Stranger, invitation: str) -> list[str]:
    """What the bot says to who opens this invitation."""
    words = updates.text(f"/start {invitation}")
    stranger.hand_over({"message": updates.message(stranger.user, stranger.next_id(), words)})
    await stranger.village.settle()
    return [message["text"] for message in stranger.said()]


async def partners_of(stranger: Stranger) -> tuple[str, ...]:
    """Whom this person works for."""
    async with stranger.village.store.reading() as records:
        person = await records.get(Person, stranger.key)
    return person.partners if person else ()


async def test_an_invitation_works_once(street: Street) -> None:
    """The first who opens it joins; who gets it forwarded does not."""
    first, second = street.stranger(), street.stranger()
    invitation = await street.village.invite(Role.PROFESSIONAL, "GGD")
    assert "professional" in (await opened(first, invitation))[0]
    assert "al gebruikt" in (await opened(second, invitation))[0]
    assert await partners_of(first) == ("GGD",)
    assert await partners_of(second) == ()


async def test_an_invitation_expires(street: Street) -> None:
    """After the covenant's hours it opens nothing."""
    stranger = street.stranger()
    invitation = await street.village.invite(Role.COORDINATOR, "GEM")
    hours = street.village.rules.covenant.times.invite_hours
    street.village.clock.advance(timedelta(hours=hours))
    assert "verlopen" in (await opened(stranger, invitation))[0]
    assert await partners_of(stranger) == ()


async def test_a_guessed_invitation_opens_nothing(street: Street) -> None:
    """A secret that was never given out is unknown."""
    stranger = street.stranger()
    assert "ken ik niet" in (await opened(stranger, "inv_" + "A" * 32))[0]
    assert await partners_of(stranger) == ()


async def test_a_second_role_at_the_same_partner_replaces_the_first(street: Street) -> None:
    """Who is invited again for the same partner has the newest role, and one membership."""
    stranger = street.stranger()
    for role in (Role.PROFESSIONAL, Role.COORDINATOR):
        await opened(stranger, await street.village.invite(role, "GEM"))
    async with street.village.store.reading() as records:
        person = await records.get(Person, stranger.key)
    assert person is not None
    assert [m.role for m in person.memberships] == [Role.COORDINATOR]
