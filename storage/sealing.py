"""Sealing: authenticated encryption of what is kept, and keyed hashes to look things up."""

import base64
import binascii
import hmac
import os
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import KeyTrouble, SealBroken

FORMAT = b"\x01"
KEY_BYTES = 32
ID_BYTES = 4
NONCE_BYTES = 12
"""96 bits, as NIST SP 800-38D asks; random, so a key is good for 2**32 values: rotate before."""
LOOKUP_BYTES = 16
PRIVATE_MODE = 0o600
OTHERS = 0o077

_HEAD = len(FORMAT) + ID_BYTES


@dataclass(frozen=True, slots=True)
class Keys:
    """The sealing keys, newest first, and the look-up key, which is never rotated."""

    sealing: tuple[bytes, ...] = field(repr=False)
    lookup: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> "Keys":
        """New random keys."""
        return cls((secrets.token_bytes(KEY_BYTES),), secrets.token_bytes(KEY_BYTES))

    @classmethod
    def parse(cls, text: str) -> "Keys":
        """Read `lookup:KEY` and one or more `seal:KEY`, newest first.

        Between them stand spaces, commas or line ends; a line that starts with # is a remark.
        A KEY is 32 bytes in base64. Raises `KeyTrouble`.
        """
        sealing: list[bytes] = []
        lookup: list[bytes] = []
        for entry in re.split(r"[\s,]+", re.sub(r"(?m)^\s*#.*$", "", text).strip()):
            name, _, secret = entry.partition(":")
            {"seal": sealing, "lookup": lookup}.get(name, []).append(_decoded(name, secret))
        if not sealing or len(lookup) != 1:
            raise KeyTrouble("Give one `lookup:KEY` and at least one `seal:KEY`, newest first.")
        return cls(tuple(sealing), lookup[0])

    @classmethod
    def at(cls, path: Path) -> "Keys":
        """Read the key file, or make it (mode 0600) when there is none. Raises `KeyTrouble`."""
        if not path.exists():
            part = cls.generate().beside(path)
            # Of two that start at once, one makes the file and both read it.
            with suppress(FileExistsError):
                path.hardlink_to(part)
            part.unlink()
        return cls._read(path)

    def replace(self, path: Path) -> None:
        """Put these keys in place of those in the key file: all of them, or nothing changes."""
        self.beside(path).replace(path)

    def beside(self, path: Path) -> Path:
        """The keys in a file of their own, safely on the disk and not yet under their name."""
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_MODE)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write("# The keys of Omzien: without this file its database can't be read.\n")
            file.write(self.text())
            file.flush()
            os.fsync(file.fileno())
        return part

    @classmethod
    def _read(cls, path: Path) -> "Keys":
        if path.stat().st_mode & OTHERS:
            raise KeyTrouble(f"Others can read the key file; run: chmod 600 {path}")
        return cls.parse(path.read_text(encoding="ascii"))

    def rotated(self) -> "Keys":
        """The same keys with a new sealing key in front."""
        return Keys((secrets.token_bytes(KEY_BYTES), *self.sealing), self.lookup)

    def text(self) -> str:
        """The form that `parse` reads. Secret."""
        entries = [f"lookup:{_encoded(self.lookup)}"]
        entries += [f"seal:{_encoded(key)}" for key in self.sealing]
        return "\n".join(entries) + "\n"


class Sealer:
    """Seals with the newest key and opens with every key."""

    def __init__(self, keys: Keys) -> None:
        self._lookup_key = keys.lookup
        self._ciphers = {_key_id(key): AESGCM(key) for key in reversed(keys.sealing)}
        self._id = _key_id(keys.sealing[0])
        self._head = FORMAT + self._id
        self._newest = self._ciphers[self._id]

    def seal(self, place: str, value: bytes | str) -> bytes:
        """Seal `value` for `place` (table.column); elsewhere it can't be opened."""
        data = value.encode() if isinstance(value, str) else value
        nonce = os.urandom(NONCE_BYTES)
        return self._head + nonce + self._newest.encrypt(nonce, data, place.encode())

    def open_(self, place: str, sealed: bytes) -> bytes:
        """The value that was sealed for `place`. Raises `SealBroken`."""
        cipher = self._ciphers.get(sealed[len(FORMAT) : _HEAD])
        if cipher is None or not sealed.startswith(FORMAT):
            raise SealBroken
        nonce, data = sealed[_HEAD : _HEAD + NONCE_BYTES], sealed[_HEAD + NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, data, place.encode())
        except InvalidTag:
            raise SealBroken from None

    def is_newest(self, sealed: bytes) -> bool:
        """Whether `sealed` needs no new seal."""
        return sealed.startswith(self._head)

    def lookup(self, kind: str, value: bytes | str | int) -> str:
        """A keyed hash: the same for the same value of this kind, telling nothing; 26 letters."""
        data = value if isinstance(value, bytes) else str(value).encode()
        digest = hmac.digest(self._lookup_key, kind.encode() + b"\0" + data, sha256)
        return base64.b32encode(digest[:LOOKUP_BYTES]).decode().rstrip("=").lower()


def key_ids(keys: Iterable[bytes]) -> list[str]:
    """The short names of sealing keys, which may be shown."""
    return [_key_id(key).hex() for key in keys]


def _key_id(key: bytes) -> bytes:
    return sha256(b"omzien key id" + key).digest()[:ID_BYTES]


def _encoded(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode()


def _decoded(name: str, secret: str) -> bytes:
    try:
        key = base64.b64decode(secret + "=" * (-len(secret) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if name not in {"seal", "lookup"} or len(key) != KEY_BYTES:
        raise KeyTrouble("Each key is `seal:` or `lookup:` and 32 bytes in base64.")
    return key
