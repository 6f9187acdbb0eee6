"""What is sealed can't be read, changed or moved; look-ups tell nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import Keys, KeyTrouble, Sealer
from storage.errors import SealBroken

KEYS = Keys.generate()
SEALER = Sealer(KEYS)


@given(st.text() | st.binary())
def test_what_is_sealed_opens_to_the_same(value: str | bytes) -> None:
    try:
        expected = value.encode() if isinstance(value, str) else value
    except UnicodeEncodeError:
        return
    assert SEALER.open_("a.b", SEALER.seal("a.b", value)) == expected


def test_the_same_value_is_never_sealed_the_same_twice() -> None:
    assert SEALER.seal("a.b", "x") != SEALER.seal("a.b", "x")


def test_a_sealed_value_opens_only_in_its_own_column() -> None:
    with pytest.raises(SealBroken):
        SEALER.open_("a.c", SEALER.seal("a.b", "x"))


@pytest.mark.parametrize("position", [0, 1, 5, 17, -1])
def test_a_changed_value_is_refused(position: int) -> None:
    sealed = bytearray(SEALER.seal("a.b", "some text"))
    sealed[position] ^= 1
    with pytest.raises(SealBroken):
        SEALER.open_("a.b", bytes(sealed))


@pytest.mark.parametrize("value", [b"", b"\x01", b"plain text that nobody sealed"])
def test_what_is_not_sealed_is_refused(value: bytes) -> None:
    with pytest.raises(SealBroken):
        SEALER.open_("a.b", value)


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    rotated = Sealer(KEYS.rotated())
    old, new = SEALER.seal("a.b", "x"), rotated.seal("a.b", "y")
    assert rotated.open_("a.b", old) == b"x"
    assert rotated.is_newest(new)
    assert not rotated.is_newest(old)
    with pytest.raises(SealBroken):
        SEALER.open_("a.b", new)


def test_lookups_are_the_same_after_rotation_and_differ_by_kind() -> None:
    rotated = Sealer(KEYS.rotated())
    assert rotated.lookup("person", 123) == SEALER.lookup("person", "123")
    assert SEALER.lookup("person", 123) != SEALER.lookup("chat", 123)
    assert SEALER.lookup("person", 123) != Sealer(Keys.generate()).lookup("person", 123)
    assert len(SEALER.lookup("person", 123)) == 26


def test_keys_are_read_as_they_were_written() -> None:
    keys = KEYS.rotated()
    assert Keys.parse(keys.text()) == keys
    assert Keys.parse(keys.text().replace("\n", ", ").strip(", ")) == keys
    assert Keys.parse("# remark: seal:x\n" + keys.text()) == keys


@pytest.mark.parametrize(
    "text",
    ["", "seal:short lookup:short", "secret", KEYS.text().splitlines()[0], "seal:é lookup:é"],
    ids=["empty", "short", "a word", "one of two keys", "not ASCII"],
)
def test_other_texts_are_no_keys(text: str) -> None:
    with pytest.raises(KeyTrouble) as raised:
        Keys.parse(text)
    assert "short" not in str(raised.value)


def test_keys_never_show_in_a_message() -> None:
    assert KEYS.text().split(":")[1][:10] not in repr(KEYS)
    assert repr(KEYS.lookup) not in repr(KEYS)


def test_the_key_file_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    keys = Keys.at(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert Keys.at(path) == keys


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    Keys.at(path)
    path.chmod(0o640)
    with pytest.raises(KeyTrouble, match="chmod 600"):
        Keys.at(path)
