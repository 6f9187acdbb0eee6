"""Settings; this is the only reader of the environment."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, ValidationError

from bot.core.errors import OmzienError
from bot.telegram import OFFICIAL

EXAMPLE = Path(__file__).parent / "covenants" / "gemert-bakel.toml"
PREFIX = "OMZIEN_"


class BadSetting(OmzienError):
    """A setting is missing or has a value that Omzien cannot use."""


class Settings(BaseModel):
    """Everything that can be set, with the defaults; each is `OMZIEN_` and its name."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    token: SecretStr | None = None
    api_url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] = OFFICIAL
    database: str | None = None
    """SQLAlchemy URL; without one, an SQLite file in the data folder."""
    data: Path = Path("data")
    covenant: Path | None = None
    key: SecretStr | None = None
    send_rate: Annotated[float, Field(gt=0)] = 30
    chat_rate: Annotated[float, Field(gt=0)] = 1

    @property
    def database_url(self) -> str:
        """Where the database is."""
        return self.database or f"sqlite+aiosqlite:///{self.data / 'omzien.sqlite3'}"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; empty variables count as not set.

    Raises:
        BadSetting: with the names of the variables, never their values.
    """
    source = os.environ if environment is None else environment
    found = {
        name: source[PREFIX + name.upper()]
        for name in Settings.model_fields
        if source.get(PREFIX + name.upper())
    }
    try:
        return Settings.model_validate(found)
    except ValidationError as error:
        lines = [
            f"{PREFIX}{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()
        ]
        raise BadSetting("\n".join(lines)) from None
