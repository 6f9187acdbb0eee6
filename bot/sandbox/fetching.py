"""Methods through which the bot gets its updates: by asking, or on a webhook."""

import re

from bot.sandbox.calls import Call
from bot.sandbox.errors import bad_request, conflict
from bot.sandbox.formats import decoded, number, truth
from bot.sandbox.state import Json, Webhook
from bot.sandbox.updates import MAX_BATCH

WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
    "webhook first"
)
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def get_updates(call: Call) -> bytes:
    """getUpdates: the answer's `result`, encoded already."""
    world, params = call.world, call.params
    if world.webhook:
        raise conflict(WEBHOOK_ACTIVE)
    _allow(call)
    limit = number(params, "limit", MAX_BATCH)
    bodies = await world.updates.take(
        offset=number(params, "offset"),
        limit=limit if 1 <= limit <= MAX_BATCH else MAX_BATCH,
        wait=number(params, "timeout"),
    )
    return b"[" + b",".join(bodies) + b"]"


def _allow(call: Call) -> None:
    if "allowed_updates" in call.params:
        kinds = decoded(call.params["allowed_updates"], "allowed updates")
        call.world.updates.allowed = frozenset(kinds) if kinds else None


def set_webhook(call: Call) -> bool:
    """setWebhook; unlike Telegram, an http address on this machine will do."""
    url = str(call.params["url"])
    if not url:
        return delete_webhook(call)
    if not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = str(call.params.get("secret_token", ""))
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _allow(call)
    if truth(call.params.get("drop_pending_updates")):
        call.world.updates.clear()
    call.world.webhook = Webhook(url, secret)
    call.world.updates.close()
    call.world.announce("webhook", 0)
    if call.world.updates.on_put:
        call.world.updates.on_put()
    return True


def delete_webhook(call: Call) -> bool:
    """deleteWebhook."""
    call.world.webhook = None
    if truth(call.params.get("drop_pending_updates")):
        call.world.updates.clear()
    return True


def get_webhook_info(call: Call) -> Json:
    """getWebhookInfo."""
    hook = call.world.webhook
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(call.world.updates.waiting),
    }
    if hook and hook.last_error:
        info["last_error_message"] = hook.last_error
    return info
