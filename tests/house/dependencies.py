"""Every dependency has its reason in ARCHITECTURE.md, and is locked."""

import re
import tomllib
from collections.abc import Iterator, Sequence

from tests.house.sources import ROOT, Finding, Source


def check(names: Sequence[str], architecture: str, lock: Source) -> Iterator[Finding]:
    """The packages without a reason, and those that `make lock` has not seen."""
    table = architecture.partition("## Dependencies")[2].partition("\n## ")[0].lower()
    for name in names:
        if not re.search(rf"(?<![\w-]){re.escape(name.lower())}(?![\w-])", table):
            yield Finding("ARCHITECTURE.md", f"give the reason for {name} under Dependencies.")
        if not re.search(rf"(?mi)^{re.escape(name)}(\[[\w,-]+\])?==", lock.text):
            yield Finding(lock.path, f"lacks {name}; run `make lock`.")


def of_the_house() -> Iterator[Finding]:
    """What this repository's own files say."""
    project = tomllib.loads(_read("pyproject.toml").text)["project"]
    running = project["dependencies"]
    developing = [name for extra in project["optional-dependencies"].values() for name in extra]
    architecture = _read("ARCHITECTURE.md").text
    yield from check(_names(running), architecture, _read("requirements.txt"))
    yield from check(_names(running + developing), architecture, _read("requirements-dev.txt"))


def _names(wanted: Sequence[str]) -> list[str]:
    return [re.split(r"[^\w-]", each)[0] for each in wanted]


def _read(path: str) -> Source:
    return Source(path, (ROOT / path).read_text(encoding="utf-8"))
