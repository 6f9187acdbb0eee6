"""Failed messages: coordinators list them and try them again; nobody else can."""

from pathlib import Path

from bot.core.ports import Call
from bot.core.queue import Outgoing
from tests.handlers.partners import Partners, partners


async def _refused(scene: Partners) -> Outgoing:
    """A message to bart that Telegram refused."""
    person = await scene.person("bart")
    params = {"chat_id": person.address, "text": "Hello again"}
    store = scene.village.store
    async with store.writing() as records:
        records.append(Call(chat=person.key, method="sendMessage", params=params))
    (outgoing,) = await store.to_send(10, ())
    await store.refuse(outgoing, "400")
    await scene.village.settle()
    return outgoing


async def test_a_coordinator_has_a_failed_message_sent_again(tmp_path: Path) -> None:
    """It is in the overview, arrives after one tap, and is no longer listed."""
    async with partners(tmp_path) as scene:
        outgoing = await _refused(scene)
        assert str(outgoing.seq) in scene.news("carla")[-1].text
        (overview,) = await scene.act("carla", "/regie")
        assert overview.buttons[-1] == "Failed messages: 1"
        (listed,) = await scene.act("carla", "[Failed messages: 1]")
        assert listed.buttons == (f"Again: {outgoing.seq}",)
        shown = await scene.act("carla", f"[Again: {outgoing.seq}]")
        assert [one.what for one in shown] == ["toast", "edits"]
        assert [one.text for one in scene.news("bart")] == ["Hello again"]
        await scene.act("carla", f"<forged: again:out-{outgoing.seq}:0>")
        assert not scene.news("bart")


async def test_who_is_no_coordinator_tries_nothing_again(tmp_path: Path) -> None:
    """A forged button of a professional changes nothing."""
    async with partners(tmp_path) as scene:
        outgoing = await _refused(scene)
        await scene.act("bea", f"<forged: again:out-{outgoing.seq}:0>")
        assert not scene.news("bart")
        async with scene.village.store.reading() as records:
            assert len(await records.put_aside(10)) == 1
