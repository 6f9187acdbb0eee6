"""What people want to learn of each other: nobody's name, number or report by asking around."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.items import Openness
from bot.core.people import Invite, Role
from bot.invites import WrongRole
from tests.dialogues.phones import Shown
from tests.handlers.partners import NOISE, Partners, partners
from tests.hostile.looking import leaks, rows

NAMELESS = NOISE.model_copy(update={"openness": Openness.VIA_BOT, "name": None})


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Partners]:
    """Two mediators and a coordinator."""
    async with partners(tmp_path) as scene:
        yield scene


def identity(scene: Partners, name: str, first_name: str, username: str) -> tuple[str, ...]:
    """Give somebody a telling name on Telegram; returns all that would give them away."""
    user = scene.phones.user(name, "en")
    profile = scene.village.sandbox.world.people[user].profile
    profile |= {"first_name": first_name, "last_name": "Achternaam", "username": username}
    return (first_name, "Achternaam", username, str(user))


def everything(scene: Partners, name: str) -> list[str]:
    """Whatever Telegram got for a phone: texts, captions, buttons and their data."""
    entries = scene.phones.entries(scene.phones.user(name))
    return [str({**e.message, "chat": None, "from": None}) for e in entries if e.from_bot]


async def test_reporter_and_professional_never_learn_who_the_other_is(scene: Partners) -> None:
    """A whole case by chat only: neither's name, user name or number reaches the other."""
    reporter = identity(scene, "sanne", "Roodkapje", "roodkapje99")
    professional = identity(scene, "bart", "Wolfgang", "wolf_bb")
    key = await scene.report(NAMELESS)
    for gesture in ("[Open]", "[Accept]", "[Spoken]", f"<forged: ask_reporter:{key}:3>", "Thuis?"):
        await scene.act("bart", gesture)
    await scene.act("sanne", f"<forged: question:{key}:1>")
    await scene.act("sanne", "Ja, morgen")
    await scene.act("sanne", f"<forged: add:{key}:1>")
    for gesture in ("<voice>", "Nog iets", "[Ready]"):
        await scene.act("sanne", gesture)
    await scene.act("bart", f"<forged: open:{key}:5>")
    for gesture in (f"<forged: close:{key}:5>", "[It is solved]", "[No note]"):
        await scene.act("bart", gesture)
    for gesture in (f"<forged: opened_by:{key}:1>", f"<forged: mine:{key}:1>", "/mijn"):
        await scene.act("sanne", gesture)
    for told in everything(scene, "bart"):
        assert not [word for word in reporter if word in told]
    for told in everything(scene, "sanne"):
        assert not [word for word in professional if word in told]


async def test_who_gives_their_name_gives_no_more(scene: Partners) -> None:
    """Named: the first name is shown, not the user name, family name or number."""
    _first, *others = identity(scene, "sanne", "Sanne", "sanne_pg")
    await scene.report(NOISE)
    await scene.act("bart", "[Open]")
    told = "".join(everything(scene, "bart"))
    assert "Sanne" in told
    assert not [word for word in others if word in told]


async def test_who_opened_it_names_the_first_receiver_only(scene: Partners) -> None:
    """That care or police looked would tell something about the neighbour."""
    key = await scene.report(NOISE)
    await scene.act("bart", f"<forged: open:{key}:1>")
    await scene.act("carla", f"<forged: open:{key}:1>")
    (shown,) = await scene.act("sanne", f"<forged: opened_by:{key}:1>")
    assert "neighbourhood mediation" in shown.text
    assert "another partner" in shown.text
    assert "municipality" not in shown.text


def plain(shown: list[Shown], code: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """What a phone showed, without the code that was typed."""
    return [(one.what, one.text.replace(code, "…"), one.buttons) for one in shown]


async def test_codes_can_not_be_tried_out(scene: Partners) -> None:
    """Another's code and one that nobody has get the very same answer, everywhere."""
    await scene.report(NOISE)
    async with scene.village.store.writing() as records:
        records.put((await scene.item()).model_copy(update={"code": "GB-7M2F"}))
    for name in ("eve", "ivo"):
        scene.phones.user(name, "en")
        await scene.act(name, "/start")
        await scene.act(name, "[Continue]")
    answers = []
    for name, code in (("eve", "GB-7M2F"), ("ivo", "GB-9M3D")):
        said = []
        for words in (code, code.lower(), code[3:], f"/start {code}", f"/mijn {code}", "/stop"):
            said += plain(await scene.act(name, words), code)
        answers.append(said)
    assert answers[0] == answers[1]


async def test_who_was_reported_on_finds_nothing(scene: Partners) -> None:
    """The neighbour asks in every way whether there is a report: only own reports are shown."""
    await scene.report(NOISE)
    for words in ("/start", "/mijn", "/privacy", "/werk", "/regie", "/help"):
        assert not leaks(await scene.act("eve", words), ("GB-7K2F", "Kerkstraat"))
    shown = await scene.act("eve", "/mijn")
    assert "nothing of yours" in shown[0].text or "nog niets van u" in shown[0].text


async def test_an_invitation_works_once_also_within_one_batch(scene: Partners) -> None:
    """Of two who got the same link forwarded, at the same moment, one joins."""
    invitation = await scene.village.invite(Role.PROFESSIONAL, "POL")
    scene.phones.user("eve", "en"), scene.phones.user("ivo", "en")
    await scene.together(("eve", f"/start {invitation}"), ("ivo", f"/start {invitation}"))
    members = [bool((await scene.person(name)).memberships) for name in ("eve", "ivo")]
    assert members == [True, False]
    assert "used already" in scene.news("ivo")[0].text
    await scene.act("ivo", f"/start {invitation}")
    assert not (await scene.person("ivo")).memberships


@pytest.mark.parametrize(
    "secret",
    ["inv_", "inv_x", "inv_" + "a" * 4000, "inv_\u202e", "inv_'; --", "inv_inv_", "inv_%s{0}"],
)
async def test_what_is_no_invitation_opens_nothing(scene: Partners, secret: str) -> None:
    """Guessed, endless and strange secrets are refused in one sentence."""
    before = (await rows(scene.village))["members"]
    shown = await scene.act("eve", f"/start {secret}")
    assert len(shown) == 1
    assert (await rows(scene.village))["members"] == before


async def test_an_invitation_expires(scene: Partners) -> None:
    """After the covenant's hours it is worth nothing."""
    invitation = await scene.village.invite(Role.COORDINATOR, "GEM")
    hours = scene.village.rules.covenant.times.invite_hours
    scene.village.clock.advance(timedelta(hours=hours))
    await scene.act("eve", f"/start {invitation}")
    assert not (await scene.person("eve")).memberships


async def test_only_the_coordinator_has_coordinators(scene: Partners) -> None:
    """An invitation to coordinate for another partner can't be made, nor have an effect."""
    with pytest.raises(WrongRole):
        await scene.village.invite(Role.COORDINATOR, "POL")
    with pytest.raises(WrongRole):
        await scene.village.invite(Role.VOLUNTEER, "GEM")
    async with scene.village.store.writing() as records:
        key = scene.village.store.lookup("invite", "forged")
        late = scene.village.clock.now() + timedelta(days=1)
        records.put(Invite(key=key, partner="POL", role=Role.COORDINATOR, expires=late))
    scene.phones.user("eve", "en")
    await scene.act("eve", "/start inv_forged")
    shown = await scene.act("eve", "/regie")
    assert "can't do this" in shown[-1].text


async def test_joining_again_and_leaving_leaves_nothing(scene: Partners) -> None:
    """Two invitations for one partner make one membership; leaving ends it, also twice."""
    for role in (Role.COACH, Role.PROFESSIONAL):
        await scene.join("eve", role, "POL")
    assert [m.role for m in (await scene.person("eve")).memberships] == [Role.PROFESSIONAL]
    await scene.act("eve", "/uitloggen")
    await scene.together(("eve", "<forged: leave:POL:0>"), ("eve", "<forged: leave:POL:0>"))
    assert not (await scene.person("eve")).memberships
    assert not [row for row in (await rows(scene.village))["members"] if row[0] == "POL"]
