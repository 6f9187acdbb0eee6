"""A street in which many ask for help at once, and many help."""

import asyncio

from bot.sandbox import Sandbox
from tests.pipeline.neighbours import GROCERIES, MEAL, WALK, Asker, Helper, Neighbour

CIRCLE, GROUP, TITLE = "molenstraat", -1_007_300_555_777, "Rietzangergroep"
FIRST_HELPER, FIRST_ASKER, FIRST_MEMBER = 7_301_000_000, 7_302_000_100, 7_303_000_200
HELPERS, ASKERS, FAR_AWAY, MEMBERS, NEAR = 8, 20, 4, 4, 6
"""Who offers, who asks where help is, who asks where none is, and in the circle: who asks for
what nobody offers there, and who reads its board."""
IN_CIRCLE = range(FIRST_MEMBER, FIRST_MEMBER + MEMBERS + NEAR)


class Street:
    """Everyone, and what they do."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.members = [Asker(sandbox, user, MEAL) for user in IN_CIRCLE[:MEMBERS]]
        self.near = [Neighbour(sandbox, user) for user in IN_CIRCLE[MEMBERS:]]
        self.helpers = [Helper(sandbox, FIRST_HELPER + n) for n in range(HELPERS)]
        kinds = (GROCERIES, GROCERIES, WALK, GROCERIES)
        self.askers = [
            Asker(sandbox, FIRST_ASKER + n, kinds[n % len(kinds)]) for n in range(ASKERS)
        ]
        far = range(FIRST_ASKER + ASKERS, FIRST_ASKER + ASKERS + FAR_AWAY)
        self.far_away = [Asker(sandbox, user, village="Handel") for user in far]
        for one in self.near:
            sandbox.control.open_chat(one.phone.user_id)
        sandbox.control.add_group(
            GROUP, TITLE, members=[one.phone.user_id for one in (*self.members, *self.near)]
        )

    @property
    def asking(self) -> list[Asker]:
        """All who ask."""
        return [*self.askers, *self.members, *self.far_away]

    @property
    def everyone(self) -> list[Neighbour]:
        """All of them."""
        return [*self.helpers, *self.near, *self.asking]

    def by_user(self) -> dict[int, Neighbour]:
        """All of them, by their Telegram id."""
        return {one.phone.user_id: one for one in self.everyone}

    async def ask(self) -> None:
        """All ask at once, and agree; whoever can help says yes at once."""
        self.sandbox.control.group_text(GROUP, self.near[0].phone.user_id, "/start")
        helping = [asyncio.create_task(one.help()) for one in (*self.helpers, *self.near)]
        agreeing = (one.ask_and_agree() for one in (*self.askers, *self.members))
        try:
            await asyncio.gather(*agreeing, *(one.ask() for one in self.far_away))
        finally:
            for task in helping:
                task.cancel()
            await asyncio.gather(*helping, return_exceptions=True)

    def told(self, words: str) -> set[tuple[int, str]]:
        """Who read these words about which ask, by its code."""
        return {(one.phone.user_id, code) for one in self.everyone for code in one.codes(words)}

    def second(self) -> set[int]:
        """Who said yes after somebody else, and heard that."""
        return {
            one.phone.user_id
            for one in self.everyone
            if any("net vóór u" in said for said in one.phone.toasts) or one.codes("was u voor")
        }

    def in_group(self) -> list[str]:
        """What the group heard of asks."""
        entries = self.sandbox.world.chats[GROUP].entries.values()
        said = [(*e.earlier, str(e.message.get("text", ""))) for e in entries if e.from_bot]
        return [text for texts in said for text in texts if "hulp" in texts[0]]
