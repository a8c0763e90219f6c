"""Lists that a function bounds by two of its parameters: how many, and from where."""

from __future__ import annotations

import re

from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import BOTH, keep
from reviewer.gather.syntax import Module, Name
from reviewer.model.facts.code import SignKind

LANGUAGES = (*BOTH, "Java", "Kotlin", "PHP", "Ruby", "Go")
HOW_MANY = frozenset("limit take size pagesize perpage maxresults itemsperpage pagelimit".split())
FROM_WHERE = frozenset("offset skip page pagenumber pagenum pageno pageindex currentpage cursor after".split())
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
    for function in module.functions:
        names = {item.name.replace("_", "").lower() for item in function.parameters}
        if names & HOW_MANY and names & FROM_WHERE:
            keep(kept, look, SignKind.PAGINATION, function, "limit", function.index)
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


PAGING_PAIRS = Reader(name="pagination by two parameters", languages=LANGUAGES, read=read)
