"""Lists that are bounded by what the request asks for."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside, literal
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import Placed, keep
from reviewer.gather.signs.go._go import GO
from reviewer.gather.syntax import Call, Module, Name, Other, Text, plain
from reviewer.model.facts.code import SignKind

MEANS = {
    **dict.fromkeys(
        (
            "page",
            "page_number",
            "pagenumber",
            "page_size",
            "pagesize",
            "per_page",
            "perpage",
            "page_id",
            "pageid",
            "pageindex",
            "page_num",
            "pagenum",
            "page_no",
            "pageno",
        ),
        "page",
    ),
    **dict.fromkeys(("limit", "offset", "skip", "take", "size"), "limit"),
    **dict.fromkeys(
        ("cursor", "next_cursor", "nextcursor", "page_token", "pagetoken", "next_page_token", "nextpagetoken", "after"),
        "cursor",
    ),
}
READERS = words(
    "Query DefaultQuery QueryParam QueryInt GetQuery FormValue Get QueryDefault URLParam"
    " URLParamInt GetInt URLParamIntDefault QueryArray QueryParams GetString Param"
)
OWN_READER = re.compile(r"(?:read|get|parse|query|fetch|extract|default|param)\w{0,40}", re.IGNORECASE)
"""How a project's own function is called that is given the query and a name: ``readInt(qs, "page", 1)``."""
BOUNDING = words("Limit Offset SetLimit SetSkip Paginate")
TAGS = words("form query json url schema")
PAIR = frozenset({"start", "count"})
"""Words that mean a page only together."""
DTO = ("query", "pagin", "page", "list", "filter", "params", "search", "request")


def read(module: Module, kept: Kept) -> None:
    """Request parameters, fields of request types, and bounds of queries that are no constants."""
    look = look_at(module)
    seen: set[tuple[int, str]] = set()
    _read_calls(look, kept, seen)
    for item in module.assignments:
        if item.owner != -1 and item.function == -1:
            _field(look, kept, item.decorators, item, seen)
        elif isinstance(item.value, Other) and item.value.kind == "subscript":
            for part in inside(*item.value.operands[1:]):
                if isinstance(part, Text) and (name := (plain(part) or "").lower()) in MEANS and "uery" in module.text:
                    _add(look, kept, item, MEANS[name], seen, item.function)


def _read_calls(look: Look, kept: Kept, seen: set[tuple[int, str]]) -> None:
    paired: dict[int, dict[str, Call]] = {}
    for call in look.module.calls:
        first = (plain(call.args[0]) or "").lower() if call.args else ""
        second = (plain(call.args[1]) or "").lower() if len(call.args) > 1 else ""
        if call.last in READERS and first in MEANS:
            _add(look, kept, call, MEANS[first], seen, call.function)
        elif second in MEANS and isinstance(call.args[0], (Name, Call)) and OWN_READER.fullmatch(call.last):
            _add(look, kept, call, MEANS[second], seen, call.function)
        elif call.last in READERS and first in PAIR:
            paired.setdefault(call.function, {})[first] = call
        elif call.last in BOUNDING and _bounds(look, call):
            _add(look, kept, call, "limit", seen, call.function)
    for function, asked in paired.items():
        if asked.keys() == PAIR:
            _add(look, kept, asked["count"], "limit", seen, function)


def _bounds(look: Look, call: Call) -> bool:
    """``query.Limit(size)`` by a value that is told from outside; a package's own ``rate.Limit(x)`` bounds no list."""
    head = call.name.rpartition(".")[0]
    return len(call.args) == 1 and "." in call.name and not literal(call.args[0]) and not look.is_imported(head)


def _field(look: Look, kept: Kept, tags: tuple[object, ...], item: Placed, seen: set[tuple[int, str]]) -> None:
    """``Page int `form:"page"` `` of a request's type."""
    owner = look.module.classes[getattr(item, "owner", -1)]
    if not any(word in owner.name.lower() for word in DTO):
        return
    for tag in tags:
        if isinstance(tag, Call) and tag.name in TAGS and tag.args:
            name = (plain(tag.args[0]) or "").partition(",")[0].lower()
            if name in MEANS:
                _add(look, kept, item, MEANS[name], seen, -1)
                return


def _add(look: Look, kept: Kept, at: Placed, means: str, seen: set[tuple[int, str]], function: int) -> None:
    if (at.line, means) not in seen:
        seen.add((at.line, means))
        keep(kept, look, SignKind.PAGINATION, at, means, function)


PAGING_GO = Reader(name="pagination (Go)", languages=GO, read=read)
