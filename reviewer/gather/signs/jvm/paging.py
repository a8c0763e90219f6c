"""How Java and Kotlin bound lists: pages of Spring Data and Panache, and parameters of requests."""

from __future__ import annotations

from reviewer.gather.frameworks.jvm._annotations import given, name_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import Placed, keep
from reviewer.gather.signs.jvm._jvm import JVM
from reviewer.gather.signs.paging import MEANS
from reviewer.gather.syntax import Function, Module, plain
from reviewer.model.facts.code import SignKind

TYPES = words("Pageable PageRequest")
MAKERS = {"PageRequest.of": "page", "Page.of": "page", "PageHelper.startPage": "page", "CursorPageable.from": "cursor",
          "ScrollPosition.keyset": "cursor"}  # fmt: skip
NEW = words("PageRequest RowBounds PageInfo Page IPage")
LIMITING = words("setMaxResults setFirstResult")
PARAMETERS = words("RequestParam QueryParam QueryValue DefaultValue Argument InputArgument RestQuery")
READERS = words("getParameter queryParam queryParamAsClass queryParams")
MORE = {
    **dict.fromkeys(("pageNo", "pageno", "pageNum", "pageIndex", "currentPage", "curPage"), "page"),
    **dict.fromkeys(("rows", "count"), "limit"),
    **dict.fromkeys(("first", "after"), "cursor"),
}


class _Once:
    """Keeps each means of a line once."""

    def __init__(self, look: Look, kept: Kept) -> None:
        self.look, self.kept = look, kept
        self.seen: set[tuple[int, str]] = set()

    def add(self, at: Placed, means: str | None, function: int) -> None:
        """Keeps a sign where a means is known."""
        if means and (at.line, means) not in self.seen:
            self.seen.add((at.line, means))
            keep(self.kept, self.look, SignKind.PAGINATION, at, means, function)


def read(module: Module, kept: Kept) -> None:
    """``Pageable`` parameters, ``PageRequest.of``, ``setMaxResults``, and parameters of requests by name."""
    once = _Once(look_at(module), kept)
    for function in module.functions:
        if "bodyless" not in function.modifiers:
            _parameters(once, function)
    for call in module.calls:
        if call.name in MAKERS:
            once.add(call, MAKERS[call.name], call.function)
        elif call.new and call.last in NEW and len(call.args) > 1:
            once.add(call, "page", call.function)
        elif call.last in LIMITING and "." in call.name:
            once.add(call, "limit", call.function)
        elif call.last in READERS and call.args:
            once.add(call, _means(plain(call.args[0]) or ""), call.function)


def _parameters(once: _Once, function: Function) -> None:
    for parameter in function.parameters:
        if parameter.type.partition("<")[0].rstrip("?").rpartition(".")[2] in TYPES:
            once.add(function, "page", function.index)
        for decorator in parameter.decorators:
            if name_of(decorator) in PARAMETERS:
                name = plain(given(decorator, "name")) or parameter.name
                once.add(function, _means(name) or _means(parameter.name), function.index)


def _means(name: str) -> str | None:
    return MEANS.get(name) or MORE.get(name)


PAGING_JVM = Reader(name="pagination (Java, Kotlin)", languages=JVM, read=read)
