"""The whole state in one file, so that the phones are as they were after a restart."""

import base64
import json
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.sandbox.counters import write_atomically
from bot.sandbox.files import StoredFile
from bot.sandbox.state import Chat, Entry, Person, Webhook, World
from bot.sandbox.updates import Pending

Json = dict[str, Any]
_NAME = "state.json"


def save(world: World, folder: Path) -> None:
    """Write the state; a crash leaves the old or the new file."""
    state = {
        "ahead_seconds": world.clock.offset.total_seconds(),
        "seq": world.seq,
        "people": {str(i): asdict(person) for i, person in world.people.items()},
        "chats": [_chat_state(chat) for chat in world.chats.values()],
        "commands": world.commands,
        "opened": sorted(world.opened),
        "files": [asdict(stored) for stored in world.files.known.values()],
        "webhook": asdict(world.webhook) if world.webhook else None,
        "updates": [
            {**asdict(p), "body": base64.b64encode(p.body).decode()} for p in world.updates.waiting
        ],
    }
    write_atomically(folder / _NAME, json.dumps(state))


def _chat_state(chat: Chat) -> Json:
    entries = [asdict(entry) for entry in chat.entries.values()]
    return {
        "info": chat.info,
        "keyboard": chat.keyboard,
        "members": chat.members,
        "bot": chat.bot,
        "moved_to": chat.moved_to,
        "entries": entries,
    }


def load(world: World, folder: Path) -> None:
    """Restore the state, and how far the clock was ahead; does nothing on the first start."""
    path = folder / _NAME
    if not path.exists():
        return
    state = json.loads(path.read_text(encoding="utf-8"))
    ahead = timedelta(seconds=state["ahead_seconds"]) - world.clock.offset
    world.clock.advance(max(ahead, timedelta(0)))
    world.people = {int(i): Person(**person) for i, person in state["people"].items()}
    for kept in state["chats"]:
        chat = Chat(kept["info"], keyboard=kept["keyboard"])
        # A game that was kept before there were groups has no members.
        chat.members, chat.bot = kept.get("members", []), kept.get("bot", chat.bot)
        chat.moved_to = kept.get("moved_to")
        chat.entries = {e["message"]["message_id"]: Entry(**e) for e in kept["entries"]}
        world.chats[chat.info["id"]] = chat
    world.commands = state["commands"]
    world.opened = set(state["opened"])
    world.files.known = {f["file_id"]: StoredFile(**f) for f in state["files"]}
    world.webhook = Webhook(**state["webhook"]) if state["webhook"] else None
    world.restore_seq(state["seq"])
    for pending in state["updates"]:
        body = base64.b64decode(pending.pop("body"))
        world.updates.restore(Pending(body=body, **pending))
