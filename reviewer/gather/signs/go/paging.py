"""Lists that are bounded by what the request asks for."""

from __future__ import annotations

from reviewer.gather.look import Look, inside, literal, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import Placed, keep
from reviewer.gather.signs.go._go import GO
from reviewer.gather.syntax import Call, Module, Other, Text, plain
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
BOUNDING = words("Limit Offset SetLimit SetSkip Paginate")
TAGS = words("form query json url schema")
DTO = ("query", "pagin", "page", "list", "filter", "params", "search", "request")


def read(module: Module, kept: Kept) -> None:
    """Request parameters, fields of request types, and bounds of queries that are no constants."""
    look = look_at(module)
    seen: set[tuple[int, str]] = set()
    for call in module.calls:
        first = (plain(call.args[0]) or "").lower() if call.args else ""
        if call.last in READERS and first in MEANS:
            _add(look, kept, call, MEANS[first], seen, call.function)
        elif call.last in BOUNDING and len(call.args) == 1 and "." in call.name and not literal(call.args[0]):
            _add(look, kept, call, "limit", seen, call.function)
    for item in module.assignments:
        if item.owner != -1 and item.function == -1:
            _field(look, kept, item.decorators, item, seen)
        elif isinstance(item.value, Other) and item.value.kind == "subscript":
            for part in inside(*item.value.operands[1:]):
                if isinstance(part, Text) and (name := (plain(part) or "").lower()) in MEANS and "uery" in module.text:
                    _add(look, kept, item, MEANS[name], seen, item.function)


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
