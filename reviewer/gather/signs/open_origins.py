"""Settings that let every origin in, by the names that CORS is set up with elsewhere."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside
from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep, setting_name
from reviewer.gather.syntax import Module, plain
from reviewer.model.facts.code import SignKind

EVERY = ("Python", "JavaScript", "TypeScript", "Java", "Kotlin", "C#", "PHP", "Ruby", "Go")
NAMED = re.compile(r"origin|allowed_?hosts|cors", re.IGNORECASE)
EVERYONE = "*"


def read(module: Module, kept: Kept) -> None:
    """``allowed_hosts: list[str] = ["*"]``; a value that the environment may replace has it as its default."""
    if EVERYONE not in module.text:
        return
    look = look_at(module)
    for item in module.assignments:
        name = setting_name(item.target)
        if NAMED.search(name[:80]) and any(plain(part) == EVERYONE for part in inside(item.value)):
            keep(kept, look, SignKind.HINT, item, f"origins: {name}")


OPEN_ORIGINS = Reader(name="open origins", languages=EVERY, read=read)
