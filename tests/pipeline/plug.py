"""Pulling the plug of the real bot, again and again, and who is with it from the start."""

import asyncio
import random

from bot.sandbox import Sandbox
from bot.sandbox.phone import Phone
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
    luck = random.Random(seed)
    stirred = asyncio.Event()
    sandbox.world.listeners.append(lambda _change: stirred.set())
    for _ in range(kills):
        moment = sandbox.world.seq + luck.randint(1, apart)
        while sandbox.world.seq < moment:
            stirred.clear()
            await stirred.wait()
        # Somewhere in what follows that change: a transaction, a call, nothing at all.
        await asyncio.sleep(luck.uniform(0, 0.05))
        await bot.kill()
        await bot.again()
