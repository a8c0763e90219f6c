"""How lists are bounded: the request's parameters, and what queries do with them."""

from __future__ import annotations

import re

from reviewer.gather.expressions import last, literal, pairs_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, PYTHON, Placed, bases_of, keep, settings
from reviewer.gather.syntax import Call, Expr, Function, Module, Name, dotted, plain
from reviewer.model.facts.code import SignKind

MEANS = {
    **dict.fromkeys(("page", "per_page", "perPage", "page_size", "pageSize", "page_number", "pageNumber"), "page"),
    **dict.fromkeys(("pageNo", "page_no", "pageNum", "page_num", "pageIndex", "currentPage", "current_page"), "page"),
    **dict.fromkeys(("limit", "offset", "skip", "take", "size"), "limit"),
    **dict.fromkeys(("cursor", "next_cursor", "nextCursor", "starting_after", "page_token", "pageToken"), "cursor"),
}
"""Names of request parameters that bound a list."""
PAGINATORS = {
    "PageNumberPagination": "page",
    "LimitOffsetPagination": "limit",
    "CursorPagination": "cursor",
}
PAGING_CALLS = words("paginate paginate_queryset add_pagination")
VERBS = words("get post put patch delete route api_route list")
PARAMETER_SOURCES = ("args", "query_params", "get", "params", "query", "arguments", "values", "searchparams")
PARAMETER_READERS = words("get getlist get_argument get_query_argument add_argument")
FINDS = words("find findMany findAndCount findAll findAndCountAll findBy paginate")
QUERY_NAME = re.compile(r"(?:\w+\.)*(?:query|params|queryParams|searchParams|queryStringParameters)\.(\w+)$")
QUERY_TEXT = re.compile(
    r"\b(?:\w{0,20}query(?:String|Str|Params|Obj(?:ect)?|Copy|Parameters|StringParameters)?)(?:\.|\[['\"])(\w+)\b(?!\s?\()"
    r"|searchParams\.get\(['\"](\w+)['\"]",
    re.IGNORECASE,
)
PAGE_TYPE = re.compile(r"\b(?:\w{0,40}Paginat\w{0,40}|Page(?:Query|Params|Request|Filter)s?)\b")
"""The declared type of a parameter that holds which page is asked for: ``Query[PaginationIn]``."""
DTO = re.compile(r"\w*(?:Query|Pagin|Page|ListOptions)\w*")


class _Once:
    """Keeps each means of a line once."""

    def __init__(self, look: Look, kept: Kept) -> None:
        self.look, self.kept = look, kept
        self.seen: set[tuple[int, str]] = set()

    def add(self, at: Placed, name: str, function: int | None = None) -> None:
        """Keeps a sign for a parameter's name or a means, if it is one."""
        means = MEANS.get(name)
        if means and (at.line, means) not in self.seen:
            self.seen.add((at.line, means))
            keep(self.kept, self.look, SignKind.PAGINATION, at, means, function)


def read_python(module: Module, kept: Kept) -> None:
    """Request parameters, paginators of Django, REST framework and extensions, ``offset`` on queries."""
    look = look_at(module)
    once = _Once(look, kept)
    for call in module.calls:
        _python_call(look, once, call)
    for function in module.functions:
        _python_parameters(once, function)
    for item in settings(look):
        if item.name in ("pagination_class", "DEFAULT_PAGINATION_CLASS"):
            name = last(plain(item.value) or dotted(item.value))
            if name not in ("", "None"):
                once.add(item, PAGINATORS.get(name, "page"), item.function)
    for owner in module.classes:
        for base in bases_of(look, owner):
            if last(base) in PAGINATORS:
                once.add(owner, PAGINATORS[last(base)], -1)


def _python_call(look: Look, once: _Once, call: Call) -> None:
    head, _, name = call.name.rpartition(".")
    if name in PAGING_CALLS or look.origin(call.name) == "django.core.paginator.Paginator":
        once.add(call, "page")
    elif name in PARAMETER_READERS and call.args and _reads_parameters(head, name):
        once.add(call, plain(call.args[0]) or "")
    elif name == "offset" and len(call.args) == 1 and not literal(call.args[0]):
        once.add(call, "offset")
    elif name in ("use_kwargs", "use_args", "query", "arguments") and call.args:
        for key, value in pairs_of(look.value(call.args[0], call.function)):
            if isinstance(value, Call) and dotted(value.callee).startswith("fields."):
                once.add(value, key, call.function)


def _reads_parameters(head: str, name: str) -> bool:
    """Whether this asks a request: ``tree.args.get`` asks something else for its parts."""
    holder, _, source = head.rpartition(".")
    if source == "args" and holder and "req" not in holder.lower():
        return False
    return name != "get" or source.lower() in PARAMETER_SOURCES


def _python_parameters(once: _Once, function: Function) -> None:
    """Parameters of handlers, and of dependencies that say ``Query(...)``."""
    routed = any(last(dotted(d.callee)) in VERBS for d in function.decorators if isinstance(d, Call))
    for parameter in function.parameters:
        if routed or (isinstance(parameter.default, Call) and last(parameter.default.name) == "Query"):
            once.add(function, parameter.name, function.index)
        if routed and PAGE_TYPE.search(parameter.type[:100]):
            once.add(function, "page", function.index)


def read_ecma(module: Module, kept: Kept) -> None:
    """Request parameters, ``skip`` and ``take`` of query layers, pagination plug-ins."""
    look = look_at(module)
    once = _Once(look, kept)
    for call in module.calls:
        _ecma_call(once, call)
    for item in module.assignments:
        found = QUERY_NAME.match(item.value.dotted) if isinstance(item.value, Name) else None
        if found:
            once.add(item, found[1], item.function)
        if (
            item.decorators
            and 0 <= item.owner < len(module.classes)
            and DTO.fullmatch(module.classes[item.owner].name[:100])
        ):
            once.add(item, item.target)
    for number, line in enumerate(look.lines, 1):
        for match in QUERY_TEXT.finditer(line[:2000]):
            once.add(Name("", number), match[1] or match[2], -1)


def _ecma_call(once: _Once, call: Call) -> None:
    name = call.last
    if name in ("paginate", "findManyCursorConnection"):
        once.add(call, "page")
    elif name in ("limit", "take", "offset") and len(call.args) == 1 and last(dotted(call.args[0])) in MEANS:
        once.add(call, last(dotted(call.args[0])))
    elif name == "skip" and len(call.args) == 1 and "." in call.name and not literal(call.args[0]):
        once.add(call, "skip")
    elif name == "Query" and call.args:
        once.add(call, plain(call.args[0]) or "")
    elif name in FINDS:
        for key, _ in _options(call):
            if key in ("skip", "take", "offset", "cursor"):
                once.add(call, key)


def _options(call: Call) -> list[tuple[str, Expr]]:
    return [pair for arg in call.args for pair in pairs_of(arg)]


PAGING_PYTHON = Reader(name="pagination (Python)", languages=PYTHON, read=read_python)
PAGING_ECMA = Reader(name="pagination (JavaScript)", languages=ECMA, read=read_ecma)
