"""Where errors are turned into answers in Ruby, and what of them leaks to the client."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.expressions import inside, last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.ruby._ruby import RUBY, block_of, values_of
from reviewer.gather.signs.ruby._statuses import status_of
from reviewer.gather.syntax import Call, Expr, Module, Name, dotted, plain
from reviewer.model.facts.code import SignKind

BROAD = words("StandardError Exception RuntimeError all")
"""Classes of errors whose texts are not meant for anybody; ``all`` is Grape's word for every one."""
ERROR_NAMES = words("e err error ex exc exception")
TEXTS = words("message full_message to_s inspect backtrace")
TRACES = words("backtrace full_message")
ANSWERS = words("render error! halt json head rack_response")
ANSWERING = ("render_", "json_", "error_", "respond_")


def read(module: Module, kept: Kept) -> None:
    """``rescue_from``, ``error do``, and the texts of errors in answers."""
    look = look_at(module)
    named: set[str] = set()
    handlers: set[int] = set()
    for call in module.calls:
        if call.name == "rescue_from":
            caught = [dotted(arg) or plain(arg) or "" for arg in call.args]
            keep(kept, look, SignKind.ERROR_HANDLER, call, ", ".join(name for name in caught if name) or "everything")
            if any(last(name) in BROAD for name in caught):
                named |= {plain(call.keywords.get("with")) or ""}
                handlers |= {block.function} if (block := block_of(call)) is not None else set()
        elif call.name in ("error", "not_found") and block_of(call) is not None and call.function == -1:
            caught = [dotted(arg) for arg in call.args if isinstance(arg, Name)]
            keep(kept, look, SignKind.ERROR_HANDLER, call, ", ".join(caught) or call.name)
            block = block_of(call)
            if block is not None and call.name == "error" and (not caught or last(caught[0]) in BROAD):
                handlers.add(block.function)
    for item in module.assignments:
        if item.target.endswith("exceptions_app"):
            keep(kept, look, SignKind.ERROR_HANDLER, item, "exceptions_app")
    handlers |= {function.index for function in module.functions if function.name in named}
    _leaks(look, kept, handlers)


def _leaks(look: Look, kept: Kept, handlers: set[int]) -> None:
    """The text of any error at all, or a backtrace, in an answer that is none about the request."""
    broad = {
        line
        for catch in look.module.catches
        if not catch.types or any(last(name) in BROAD for name in catch.types)
        for line in range(catch.line, catch.end_line + 1)
    }
    for call in look.module.calls:
        if call.name not in ANSWERS and not (call.name == call.last and call.name.startswith(ANSWERING)):
            continue
        everything = call.line in broad or any(item.index in handlers for item in look.around(call.function))
        detail = next(_details(call, everything and not _client_fault(call)), "")
        if detail:
            keep(kept, look, SignKind.ERROR_LEAK, call, detail)


def _client_fault(call: Call) -> bool:
    """Whether the answer says that the request was wrong: its text is then meant for the client."""
    given: list[Expr | None] = [call.keywords.get("status"), *call.args[1:3]]
    found = [status for expr in given if (status := status_of(expr)) is not None]
    return any(400 <= status < 500 for status in found)


def _details(call: Call, everything: bool) -> Iterator[str]:
    for value in values_of(call):
        for part in inside(value):
            if not isinstance(part, Name):
                continue
            head, _, rest = part.dotted.partition(".")
            ending = rest.partition(".")[0]
            if head in ERROR_NAMES and (ending in TRACES or (everything and ending in TEXTS)):
                yield part.dotted


ERRORS_RUBY = Reader(name="errors (Ruby)", languages=RUBY, read=read)
