"""Functions that seek one item and no list: ``account, err := h.accounts.GetByID(ctx, id)``."""

from __future__ import annotations

import re

from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.syntax import Call, Module
from reviewer.model.facts.code import SignKind

EVERY = ("Python", "JavaScript", "TypeScript", "Java", "Kotlin", "C#", "PHP", "Ruby", "Go")
ONE = re.compile(
    r"(?:get|find|fetch|load|read|retrieve)_?(?!all|many|list)\w{0,30}?"
    r"(?:one|unique|by_?(?:id|pk|key|primary_?key|e_?mail|user_?name|token))(?:async|or\w{1,20})?\Z",
    re.IGNORECASE,
)
MANY = re.compile(
    r"(?:find|list|query|select|search|fetch|load|where|filter|scan|aggregate|paginate|all|to_?list|to_?array)"
    r"|(?:get|read|retrieve)\w{0,40}s(?:_?by|\Z)|(?:get|read|retrieve)_?(?:all|many|list)",
    re.IGNORECASE,
)
"""How calls begin that may answer several."""
SEVERAL = re.compile(r"\w{0,40}s_?By", re.ASCII)
KEEPER = re.compile(r"(?:repository|repo|dao|repositories)\Z", re.IGNORECASE)
"""How what keeps rows is called, whose writes these are: ``notes_repository.create(note)``."""
WRITE = re.compile(
    r"(?:create|insert|delete|remove|destroy)(?:_?(?:by_?id|one|many|all|async|new|\w{0,20}by_?\w{1,12}))?(?:async)?\Z",
    re.IGNORECASE,
)
MADE = re.compile(r"create|insert", re.IGNORECASE)
SOUGHT = re.compile(r"find|get|exist|is|has|count|fetch|load|search|select|query", re.IGNORECASE)
MOST = 100
"""Such functions of a file that are kept."""


def read(module: Module, kept: Kept) -> None:
    """The first call of each function that seeks one item, where no call of it may seek many."""
    _writes(module, kept)
    first: dict[int, Call] = {}
    many: list[int] = []
    for call in module.calls:
        name = call.last[:80]
        if ONE.match(name) and not SEVERAL.match(name):
            first.setdefault(call.function, call)
        elif MANY.match(name):
            many.append(call.line)
    first.pop(-1, None)
    if not first:
        return
    look = look_at(module)
    for index, call in list(first.items())[:MOST]:
        function = module.functions[index]
        if not any(function.line <= line <= function.end_line for line in many):
            keep(kept, look, SignKind.HINT, call, f"one item: {call.name[-120:]}", index)


def _writes(module: Module, kept: Kept) -> None:
    """The first call of each function that writes by what keeps rows; not one that makes what it sought there first."""
    lowered = module.text.lower()
    if "repo" not in lowered and "dao" not in lowered:
        return
    by_keeper = [item for item in module.calls if KEEPER.search(_keeper(item))]
    sought = {(item.function, _keeper(item)) for item in by_keeper if SOUGHT.match(item.last)}
    told: set[int] = {-1}
    for call in by_keeper:
        if call.function in told or not WRITE.match(call.last[:80]):
            continue
        if not MADE.match(call.last) or (call.function, _keeper(call)) not in sought:
            told.add(call.function)
            keep(kept, look_at(module), SignKind.HINT, call, f"row write: {_keeper(call)[-60:]}", call.function)


def _keeper(call: Call) -> str:
    """The last name of what a method is called on."""
    return call.name.rpartition(".")[0].rpartition(".")[2]


ONE_ITEM = Reader(name="one item that is sought", languages=EVERY, read=read)
