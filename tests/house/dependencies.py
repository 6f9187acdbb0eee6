"""Every dependency has its reason in ARCHITECTURE.md, and is locked."""

import re
import tomllib
from collections.abc import Iterator, Sequence

from tests.house.sources import ROOT, Finding


def check(names: Sequence[str], architecture: str, locked: str) -> Iterator[Finding]:
    """The packages without a reason, and those that `make lock` has not seen."""
    table = architecture.partition("## Dependencies")[2].partition("\n## ")[0].lower()
    for name in names:
        if not re.search(rf"(?<![\w-]){re.escape(name.lower())}(?![\w-])", table):
            yield Finding("ARCHITECTURE.md", f"give the reason for {name} under Dependencies.")
        if not re.search(rf"(?mi)^{re.escape(name)}(\[[\w,-]+\])?==", locked):
            yield Finding("requirements-dev.txt", f"lacks {name}; run `make lock`.")


def of_the_house() -> Iterator[Finding]:
    """What this repository's own files say."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(name for extra in extras for name in extra)]
    names = [re.split(r"[^\w-]", each)[0] for each in wanted]
    read = (
        (ROOT / file).read_text("utf-8") for file in ("ARCHITECTURE.md", "requirements-dev.txt")
    )
    return check(names, *read)
