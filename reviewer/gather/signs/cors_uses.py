"""Where a name that speaks of CORS is used: what is only declared, or put behind a comment, lets nobody in."""

from __future__ import annotations

import re

from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.syntax import Module, Name
from reviewer.model.facts.code import SignKind

WORDS = ("cors", "Cors", "CORS")
LINE_MOST = 300
MOST = 40
NAMED = re.compile(r"\b\w{0,60}cors\w{0,60}\b", re.IGNORECASE)
DECLARED = re.compile(
    r"\s{0,60}(?://|\*|/\*|(?:module\.)?exports\b|export\s(?:default\s\w|\{(?!.{0,200}\bfrom\b))|func\s"
    r"|(?:export\s)?(?:default\s)?(?:async\s)?(?:const|let|var|function\*?|class)\s+\w+)"
)
WHOLE = ("//", "*", "/*", "func ", "module.exports", "exports", "export default", "export {")
"""How lines begin that only declare a name or hand it on."""


def read(module: Module, kept: Kept) -> None:
    """Each such name once, at its first use."""
    if not any(word in module.text for word in WORDS):
        return
    look = look_at(module)
    told: set[str] = set()
    for number, line in look.lines_with(("cors",)):
        text = line[:LINE_MOST]
        declared = DECLARED.match(text)
        if declared and text.lstrip().startswith(WHOLE) and " from " not in text:
            continue
        for match in NAMED.finditer(text[declared.end() :] if declared else text):
            if match[0] not in told and len(told) < MOST:
                told.add(match[0])
                keep(kept, look, SignKind.HINT, Name("", number), f"cors name: {match[0]}", look.innermost(number))


CORS_USES = Reader(name="uses of CORS", languages=("JavaScript", "TypeScript", "Go"), read=read)
