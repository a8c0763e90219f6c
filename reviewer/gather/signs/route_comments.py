"""Comments above routes that say their method and path: ``@route GET /api/users``, ``@api {get} /users``."""

from __future__ import annotations

import re
from itertools import islice

from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.syntax import Module, Name
from reviewer.model.facts.code import SignKind

EVERY = ("JavaScript", "TypeScript", "Java", "Kotlin", "C#", "PHP", "Go")
ROUTE = re.compile(
    r"\s{0,80}(?:/?\*{1,2}|//+|#)?\s{0,8}@(?:route|api|endpoint):?\s{1,12}[{\[(]?(?:GET|POST|PUT|PATCH|DELETE)\b[}\])]?"
    r"\s{0,12}:?\s{0,4}\S{0,40}/",
    re.IGNORECASE,
)
MARKS = ("@route", "@api", "@endpoint")
MOST = 300
LINE_MOST = 200


def read(module: Module, kept: Kept) -> None:
    """Each such line."""
    if not any(mark in module.text for mark in MARKS):
        return
    look = look_at(module)
    found = (number for number, line in look.lines_with(MARKS) if ROUTE.match(line[:LINE_MOST]))
    for number in islice(found, MOST):
        keep(kept, look, SignKind.HINT, Name("", number), "route comment", -1)


ROUTE_COMMENTS = Reader(name="comments above routes", languages=EVERY, read=read)
