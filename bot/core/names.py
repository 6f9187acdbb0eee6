"""Names and ids of the covenant's parts: short texts that the covenant chooses."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import StringConstraints

from bot.core.terms import Agreed

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Titles = Mapping[Language, str]


class Titled(Agreed):
    """A part with an id and a name in every language of the covenant."""

    id: Id
    title: Titles

    def name(self, language: str) -> str:
        """The name in `language`, else in Dutch, else the id."""
        return self.title.get(language) or self.title.get("nl") or self.id
