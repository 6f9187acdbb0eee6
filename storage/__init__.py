"""Storage: what came in, what goes out and what is known, durable and sealed."""

from bot.core.clock import Clock
from storage import marks
from storage.backup import backup, restore
from storage.engine import engines
from storage.errors import KeyTrouble, SchemaBehind, SealBroken, StorageUnavailable, WrongKeys
from storage.sealing import Keys, Sealer
from storage.store import Store
from storage.upgrade import upgrade

OUTSIDE = (StorageUnavailable,)
"""What is nobody's fault but the database's: wait and try again."""

__all__ = [
    "OUTSIDE",
    "KeyTrouble",
    "Keys",
    "SchemaBehind",
    "SealBroken",
    "Sealer",
    "StorageUnavailable",
    "Store",
    "WrongKeys",
    "backup",
    "open_store",
    "restore",
    "upgrade",
]


async def open_store(url: str, keys: Keys, *, clock: Clock) -> Store:
    """Open the database, bring its tables up to date and check that the keys belong to it.

    Raises `StorageUnavailable`, `SchemaBehind` and `WrongKeys`.
    """
    sealer = Sealer(keys)
    store = Store(engines(url, sealer), sealer, clock)
    try:
        await upgrade(url, keys)
        async with store.engines.write() as connection:
            await marks.check_keys(connection, sealer)
    except BaseException:
        await store.close()
        raise
    return store
