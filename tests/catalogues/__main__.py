"""`make messages`: brings the template and every catalogue up to date with the source."""

from copy import deepcopy
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from tests.catalogues.reading import LOCALE, paths, read, template

SOURCE_LANGUAGE = "en"
"""The msgids are English, so this catalogue says the same."""


def main() -> None:
    """Write the template, then each catalogue with what is new left empty."""
    new = template()
    _write(LOCALE / "messages.pot", new)
    for path in paths():
        catalog = read(path)
        catalog.update(deepcopy(new), no_fuzzy_matching=True)
        if path.parts[-3] == SOURCE_LANGUAGE:
            _say_the_same(catalog)
        _write(path, catalog)


def _say_the_same(catalog: Catalog) -> None:
    for message in catalog:
        if message.id:
            message.string = message.id


def _write(path: Path, catalog: Catalog) -> None:
    """A short header without dates, so that nothing changes but texts."""
    body = BytesIO()
    write_po(body, catalog, width=100, omit_header=True, sort_output=True, ignore_obsolete=True)
    path.write_text(_header(catalog) + body.getvalue().decode(), encoding="utf-8")


def _header(catalog: Catalog) -> str:
    lines = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    if catalog.locale:
        lines += [f"Language: {catalog.locale}", f"Plural-Forms: {catalog.plural_forms}"]
    return "".join(['msgid ""\nmsgstr ""\n', *(f'"{text}\\n"\n' for text in lines), "\n"])


if __name__ == "__main__":
    main()
