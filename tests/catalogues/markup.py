"""Markup in texts is what Telegram's HTML mode allows, and the same as in the source."""

import re
from collections import Counter
from collections.abc import Iterator

from tests.catalogues.reading import Catalogue
from tests.house.sources import Finding

# Bot API, "HTML style"; the ones that a short text may need.
ALLOWED = frozenset({"b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler"})
_TAG = re.compile(r"<(/?)([a-zA-Z0-9-]*)([^<>]*)>")
_ENTITY = re.compile(r"&(amp|lt|gt|quot);")


def check(catalogue: Catalogue) -> Iterator[Finding]:
    """Tags that are not allowed, not closed or not in the source; loose `<`, `>` and `&`."""
    for text in catalogue.texts:
        allowed = [_tags(said) for said in text.said]
        for each in (*text.said, *text.translated):
            yield from (Finding(catalogue.at(text), sentence) for sentence in faults(each))
            if each and _tags(each) not in allowed:
                yield Finding(catalogue.at(text), "has other markup than the source.")


def faults(text: str) -> Iterator[str]:
    """What Telegram would refuse in this text."""
    open_: list[str] = []
    for closing, name, rest in _TAG.findall(text):
        if name not in ALLOWED or rest:
            yield f"has <{name}{rest}>, which is not allowed here."
        elif not closing:
            open_.append(name)
        elif not open_ or open_.pop() != name:
            yield f"closes </{name}> in the wrong place."
    if open_:
        yield f"does not close <{open_[-1]}>."
    if re.search(r"[<>&]", _ENTITY.sub("", _TAG.sub("", text))):
        yield "has a loose <, > or &; write &lt;, &gt; or &amp;."


def _tags(text: str) -> Counter[str]:
    return Counter(closing + name for closing, name, _rest in _TAG.findall(text))
