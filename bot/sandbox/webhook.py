"""Posts updates to the bot's webhook, in order, until each one is taken."""

import asyncio

import aiohttp

from bot.sandbox.state import Webhook, World

_RETRY_SECONDS = 0.2


class WebhookDelivery:
    """A task that sleeps while no webhook is set."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._work = asyncio.Event()
        world.updates.on_put = self._work.set

    async def run(self) -> None:
        """Deliver until cancelled."""
        timeout = aiohttp.ClientTimeout(total=30)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                await self._work.wait()
                self._work.clear()
                while self._world.webhook and self._world.updates.waiting:
                    if not await self._deliver(session, self._world.webhook):
                        await asyncio.sleep(_RETRY_SECONDS)

    async def _deliver(self, session: aiohttp.ClientSession, hook: Webhook) -> bool:
        pending = self._world.updates.waiting[0]
        headers = {"Content-Type": "application/json"}
        if hook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret
        try:
            async with session.post(hook.url, data=pending.body, headers=headers) as answer:
                taken = answer.ok
                hook.last_error = (
                    "" if taken else f"Wrong response from the webhook: {answer.status}"
                )
        except (aiohttp.ClientError, TimeoutError):
            taken, hook.last_error = False, "Connection failed"
        waiting = self._world.updates.waiting
        if taken and waiting and waiting[0] is pending:
            self._world.updates.drop_first()
        return taken
