"""What can go wrong in storage; each docstring says what to do."""

from bot.core.errors import OmzienError


class StorageUnavailable(OmzienError):
    """The database can't be used now (locked, full or away); wait and try again."""


class SchemaBehind(OmzienError):
    """The database is of another version; run `omzien db upgrade` with the newest Omzien."""


class KeyTrouble(OmzienError):
    """The keys can't be used; see OMZIEN_KEY or the key file in the data folder."""


class WrongKeys(KeyTrouble):
    """This database was made with other keys; give Omzien the keys that belong to it."""


class SealBroken(OmzienError):
    """A sealed value was changed, moved, or sealed with a key that is not given."""


class NotComparable(OmzienError):
    """A sealed column can't be compared or sorted; look things up by a keyed hash."""


class NotSqlite(OmzienError):
    """Omzien copies SQLite databases only; for PostgreSQL use pg_dump and pg_restore."""


class BackupExists(OmzienError):
    """There is a file with this name already; give the backup another name."""


class NoDatabase(OmzienError):
    """There is no database in the data folder yet; check OMZIEN_DATA and OMZIEN_DATABASE."""


class UnknownDatabase(OmzienError):
    """OMZIEN_DATABASE must begin with sqlite:/// or postgresql://."""


class NoBackup(OmzienError):
    """This file is no whole backup of Omzien; take another one."""


class ReferencesBroken(OmzienError):
    """The new tables would lose what rows refer to, so nothing was changed; report this."""
