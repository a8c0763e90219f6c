"""Lists that a function bounds by two of its parameters: how many, and from where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import literal, pairs_of
from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import BOTH, ECMA, keep
from reviewer.gather.syntax import Assignment, Attribute, Call, Module, Name, Return
from reviewer.model.facts.code import SignKind

LANGUAGES = (*BOTH, "Java", "Kotlin", "PHP", "Ruby", "Go")
HOW_MANY = frozenset("limit take size pagesize perpage maxresults itemsperpage pagelimit".split())
FROM_WHERE = frozenset("offset skip page pagenumber pagenum pageno pageindex currentpage cursor after".split())
SETTERS = frozenset({"setPage", "setPageSize"})
OF_PAGES = ("react", "vue", "svelte", "@angular/core", "preact", "solid-js")
"""Packages of pages, whose components are handed the page that they show."""
LINE_MOST = 1_000
ASSIGNED = re.compile(r"\b\w{1,40}\.(Limit|Offset|limit|offset|skip|page)\s*=(?!=)\s*\*?[A-Za-z_$][\w.$]{0,60}")
ASKED = re.compile(
    r"(?:[pP]aram(?:eter)?s?|[qQ]uery|args|[iI]nput|Value)\s{0,3}\[\s{0,3}[\"'](?:limit|offset|page|size|cursor|per_?[pP]age"
    r"|page_?[sS]ize|page_?[nN]umber|page_?[nN]o|skip|take)[\"']"
)
"""The request's own parameter by name: ``call.request.queryParameters["limit"]``."""
SQL = re.compile(
    r"\blimit\s+[\"'+.\s]{0,4}[$?:%@{].{0,80}?\boffset\s|\boffset\s+[\"'+.\s]{0,4}[$?:%@{].{0,80}?\b(?:limit|fetch)\s",
    re.I,
)
"""A query that is given both: ``LIMIT ${limit} OFFSET $3``."""
STAGE = re.compile(r"[\"']?\$skip[\"']?\s*:")
WORDS = ("limit", "offset", "skip", "take", "page", "size", "cursor")
"""Words of which every line holds one that such a pattern matches."""
COMMENT = re.compile(r"\s*(?://|#|\*|/\*)")


def read(module: Module, kept: Kept) -> None:
    """Functions with both kinds of parameters, and lines that hand both on or ask the request for one.

    Only where nothing of it was told before: C# looks at parameters itself.
    """
    if any(sign.kind is SignKind.PAGINATION for sign in kept.signs):
        return
    look = look_at(module)
    pages = look.imports(*OF_PAGES)
    for function in module.functions:
        names = {name.replace("_", "").lower() for item in function.parameters for name in _named(item.name, pages)}
        if names & HOW_MANY and names & FROM_WHERE:
            keep(kept, look, SignKind.PAGINATION, function, "limit", function.index)
    for place, within in () if pages else _handed_on(module):
        keep(kept, look, SignKind.PAGINATION, Name("", place), "limit", within)
    _in_lines(look, kept)


def _in_lines(look: Look, kept: Kept) -> None:
    """Lines that hand both on or ask the request for one."""
    assigned: dict[str, int] = {}
    for number, line in look.lines_with(WORDS):
        if len(line) > LINE_MOST or COMMENT.match(line):
            continue
        if ASKED.search(line) or STAGE.search(line) or SQL.search(line):
            keep(kept, look, SignKind.PAGINATION, Name("", number), "limit", -1)
        elif found := ASSIGNED.search(line):
            assigned.setdefault(found[1].lower(), number)
    if "limit" in assigned and len(assigned) > 1:
        keep(kept, look, SignKind.PAGINATION, Name("", assigned["limit"]), "limit", -1)


def _named(parameter: str, pages: bool) -> Iterator[str]:
    """The name of a parameter, or the names that are taken out of one: ``{ page, size = 10 }``; not of a page's own."""
    if not parameter.startswith("{"):
        yield parameter
    elif not pages:
        for part in parameter[:LINE_MOST].strip("{} \n").split(","):
            yield part.partition(":")[0].partition("=")[0].strip()


def _handed_on(module: Module) -> Iterator[tuple[int, int]]:
    """Where both are handed on in an object or by setters: (line, function)."""
    if module.language in ECMA:
        yield from _in_objects(module)
        yield from _by_setters(module)


def _in_objects(module: Module) -> Iterator[tuple[int, int]]:
    """Objects whose ``skip`` and ``take`` are no constants: (line, function)."""
    if "skip" not in module.text or "take" not in module.text:
        return
    items: list[Return | Assignment] = [*module.returns, *module.assignments]
    for item in items:
        entries = dict(pairs_of(item.value))
        if "skip" in entries and "take" in entries and not literal(entries["skip"]):
            yield item.line, item.function


def _by_setters(module: Module) -> Iterator[tuple[int, int]]:
    """``query.setPage(page).setPageSize(size)``: (line, function)."""
    if ".setPage(" not in module.text:
        return
    for call in module.calls:
        inner = call.callee.value if isinstance(call.callee, Attribute) else None
        if (
            isinstance(inner, Call)
            and {call.last, inner.last} == SETTERS
            and not literal(call.args[0] if call.args else None)
        ):
            yield call.line, call.function


PAGING_PAIRS = Reader(name="pagination by two parameters", languages=LANGUAGES, read=read)
