"""How lists are bounded in Ruby: kaminari, will_paginate, pagy, and the request's own parameters."""

from __future__ import annotations

from reviewer.gather.expressions import literal, names_in
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.ruby._ruby import RUBY
from reviewer.gather.syntax import Call, Expr, Module, Name
from reviewer.model.facts.code import SignKind

MEANS = {
    **dict.fromkeys(words("page per_page page_size per page_number perPage pageSize"), "page"),
    **dict.fromkeys(words("limit offset skip size count start"), "limit"),
    **dict.fromkeys(words("cursor after before since_id max_id next_cursor page_token last_id"), "cursor"),
}
"""Parameters of a request that bound a list."""
CALLS = {
    "pagy": "page",
    "pagy_array": "page",
    "pagy_countless": "page",
    "pagy_keyset": "cursor",
    "paginate": "page",
    "set_page_and_extract_portion_from": "page",
    "cursor_paginate": "cursor",
}
BOUNDING = words("limit offset page per first take")
OWN = "this."
"""How what belongs to the object itself begins: ``@offset``."""


def read(module: Module, kept: Kept) -> None:
    """Calls of the pagination libraries, and bounds that come with a request."""
    look = look_at(module)
    seen: set[tuple[int, str]] = set()
    fixed = _fixed(module) if ".offset" in module.text or ".limit" in module.text else frozenset()
    for call in module.calls:
        means = CALLS.get(call.last) if call.args or call.keywords else None
        if means is None and (call.last == "page" and "." in call.name and (call.args or call.keywords)):
            means = "page"
        means = means or _by_parameter(call) or _by_value(call, fixed)
        if means and (call.line, means) not in seen:
            seen.add((call.line, means))
            keep(kept, look, SignKind.PAGINATION, call, means)
    for call in module.calls:
        if call.name in ("requires", "optional") and "Grape" in module.text and call.args:
            means = MEANS.get("".join(str(part) for part in getattr(call.args[0], "parts", ())))
            if means and (call.line, means) not in seen:
                keep(kept, look, SignKind.PAGINATION, call, means)


def _by_parameter(call: Call) -> str | None:
    """``limit(params[:limit])``."""
    if call.last not in BOUNDING:
        return None
    for name in names_in(*call.args):
        parts = name.split(".")
        if parts[0] == "params" and len(parts) > 1 and parts[1] in MEANS:
            return MEANS[parts[1]]
    return None


def _fixed(module: Module) -> frozenset[tuple[str, int]]:
    """Names that are given nothing but constants, with their functions; those of an object stand for -1."""
    given: dict[tuple[str, int], bool] = {}
    for item in module.assignments:
        key = (item.target, -1 if item.target.startswith(OWN) else item.function)
        given[key] = given.get(key, True) and _constant(item.value)
    return frozenset(key for key, constant in given.items() if constant)


def _constant(value: Expr | None) -> bool:
    return literal(value) or (isinstance(value, Name) and value.dotted[:1].isupper())


def _by_value(call: Call, fixed: frozenset[tuple[str, int]]) -> str | None:
    """``rows.offset(@offset)``, where that is no constant; ``limit`` of what the object was asked for."""
    if call.last not in ("offset", "limit") or len(call.args) != 1 or call.name.startswith(OWN):
        return None
    varying = (
        name.startswith(OWN) or call.last == "offset"
        for name in names_in(call.args[0])
        if not name[:1].isupper() and (name, -1 if name.startswith(OWN) else call.function) not in fixed
    )
    return "limit" if "." in call.name and any(varying) else None


PAGING_RUBY = Reader(name="pagination (Ruby)", languages=RUBY, read=read)
