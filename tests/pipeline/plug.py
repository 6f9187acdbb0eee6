"""Pulling the plug of the real bot, again and again, and who is with it from the start."""

import asyncio
import random
from collections.abc import Callable
from functools import partial

from bot.sandbox import Sandbox
from bot.sandbox.phone import Phone
from bot.sandbox.state import Json, World
from tests.pipeline.bot_process import BotProcess


async def join(bot: BotProcess, sandbox: Sandbox, user: int, role: str, partner: str) -> Phone:
    """A member who joined by a one-time link."""
    link = await bot.command("invite", role, "--partner", partner)
    phone = Phone(sandbox, user, "Marieke")
    await phone.send(f"/start {link.strip().partition('?start=')[2]}")
    await phone.expect("Welkom", within=60)
    return phone


async def pull_the_plug(
    bot: BotProcess, sandbox: Sandbox, kills: int, seed: int, apart: int = 150
) -> None:
    """Kill the bot at random moments of its work, at most `apart` changes on the phones after the
    one before, and start it again each time."""
    luck, world = random.Random(seed), sandbox.world
    for _ in range(kills):
        moment = world.seq + luck.randint(1, apart)
        await until(sandbox, partial(_has_come, world, moment))
        # Somewhere in what follows that change: a transaction, a call, nothing at all.
        await asyncio.sleep(luck.uniform(0, 0.05))
        await bot.kill()
        await bot.again()


async def until(sandbox: Sandbox, condition: Callable[[], bool]) -> None:
    """Wait, through all changes on the phones, until this is so."""
    stirred, listeners = asyncio.Event(), sandbox.world.listeners

    def stir(_change: Json) -> None:
        stirred.set()

    listeners.append(stir)
    while not condition():
        stirred.clear()
        await stirred.wait()
    listeners.remove(stir)


def _has_come(world: World, moment: int) -> bool:
    return world.seq >= moment
