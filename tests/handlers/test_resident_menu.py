"""The lists of commands that phones show."""

import pytest

from bot.core.people import Membership, Person, Role
from handlers.menu import commands, own_commands
from tests.dialogues.village import MONDAY, example


def test_every_language_has_its_commands() -> None:
    """Each language of the covenant has all commands; other phones get the first language's."""
    covenant = example().covenant
    lists, languages = commands(covenant), covenant.languages
    assert [params.get("language_code") for params in lists] == [None, *languages]
    names = [[command["command"] for command in params["commands"]] for params in lists]
    assert all(name == names[0] for name in names)
    assert {"melden", "mijn", "112", "bellen", "taal", "stop", "privacy", "help"} <= {*names[0]}
    assert lists[0]["commands"] == lists[1]["commands"]


@pytest.mark.parametrize(
    ("role", "more"),
    [(Role.PROFESSIONAL, {"werk"}), (Role.COORDINATOR, {"werk", "regie"})],
)
def test_members_have_commands_of_their_own(role: Role, more: set[str]) -> None:
    """Who works for a partner has the commands for that, in their own chat only."""
    member = Membership(partner="GEM", role=role, since=MONDAY)
    person = Person(key="k", address=5, language="nl", memberships=(member,))
    params = own_commands(person, example().covenant)
    assert params["scope"] == {"type": "chat", "chat_id": 5}
    assert more <= {command["command"] for command in params["commands"]}


@pytest.mark.parametrize(
    ("absent", "unlisted"), [("kinds", {"hulp", "help_bieden"}), ("circles", {"cirkel"})]
)
def test_only_what_works_is_listed(absent: str, unlisted: set[str]) -> None:
    """A covenant without help among neighbours, or without circles, lists no command for it."""
    covenant = example().covenant
    person = Person(key="k", address=5, language="nl")
    every, left = (
        [
            {command["command"] for command in params["commands"]}
            for params in (*commands(one), own_commands(person, one))
        ]
        for one in (covenant, covenant.model_copy(update={absent: ()}))
    )
    assert [a - b for a, b in zip(every, left, strict=True)] == [unlisted] * len(every)
