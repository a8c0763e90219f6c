"""What of the shape of a file its functions do not say themselves: reasons in comments, types from outside."""

from __future__ import annotations

import re

from reviewer.gather._passed_on import does_of
from reviewer.gather.syntax import Expr, Function, Lambda, Mapping, Module, walk
from reviewer.model.facts import code

LONGEST = 300
"""Characters of a line of a handler that are looked at."""
COMMENT = re.compile(r"(?://|#|/\*|--)(?P<said>[^\n]*)")
NO_REASON = re.compile(
    r"\b(?:todo|fixme|xxx|noqa|nosec|nolint|pragma|pylint|eslint|phpcs|auto-generated)\b"
    r"|handle (?:the )?(?:exception|error)|[;{}()=]\s*\Z",
    re.IGNORECASE,
)
"""What stands in the place of a reason: work put off, marks for tools, what an editor fills in, and code put aside."""
WORD = re.compile(r"[^\W\d_]{3,}")
LONG = 50
"""Lines from which on it is worth to look at what a function's lines are."""
COMMENTS = ("//", "#", "/*")
QUOTES = ('"""', "'''")
NEAR = 40
"""Lines in front of a handler in which the conditions around it are looked for."""
DEVELOPMENT = re.compile(
    r"^\s*(?:\} ?else )?(?:el)?(?:if|unless)\b.*(?:\bdevelopment\b|\bDEBUG\b|IsDevelopment|\bdev\b)"
)
BY_NAME, BY_CALL = "name", "call"
"""Where the types of a function in TypeScript come from: what it is assigned to, or what it is handed to."""

OLD = "old"
"""Said of functions in Python 2, which has no types to write."""
OLD_PYTHON = re.compile(
    r"^[ \t]*(?:print[ \t]+[uUrR]?[\"']|"
    r"except[ \t]+[\w.]{1,80}[ \t]*,[ \t]*\w{1,60}[ \t]*:|"
    r"import[ \t]+(?:urllib2|urlparse|ConfigParser|cPickle|StringIO|httplib|Queue)\b|"
    r"from[ \t]+(?:urllib2|urlparse|ConfigParser|cPickle|StringIO|httplib|Queue|"
    r"flask\.ext(?:\.\w{1,60}){0,4})[ \t]+import\b)|"
    r"(?<![\w.])(?:xrange|raw_input|unicode)\(",
    re.MULTILINE,
)
NEWER_PYTHON = re.compile(
    r"(?:xrange|raw_input|unicode)[ \t]*=|(?:import[ \t][^\n]{0,80}|def[ \t]+)(?:xrange|raw_input|unicode)\b|\bPY[23]\b"
)
"""What a file holds that gives the old words a meaning of its own."""


def is_old(module: Module) -> bool:
    """Whether a file can only be of Python 2."""
    if module.language != "Python":
        return False
    return OLD_PYTHON.search(module.text) is not None and NEWER_PYTHON.search(module.text) is None


def kept_catches(module: Module) -> tuple[code.Catch, ...]:
    """The handlers of a file, the empty ones with whether a comment gives a reason."""
    lines = module.text.split("\n") if module.catches else []
    return tuple(
        code.Catch(
            line=item.line,
            end_line=item.end_line,
            types=item.types,
            does=does_of(lines, item),
            explained=item.does is code.CatchBody.EMPTY and _is_meant(lines, item.line, item.end_line),
        )
        for item in module.catches
    )


def _is_meant(lines: list[str], line: int, end_line: int) -> bool:
    """Whether a comment gives a reason, inside or right above a handler of one line, or it is there to develop with."""
    above = lines[line - 2] if line == end_line and line > 1 else ""
    before = [above] if above.strip()[:2].startswith(COMMENTS) else []
    return _explained([*before, *lines[line - 1 : end_line]]) or _is_for_development(lines, line)


def _is_for_development(lines: list[str], line: int) -> bool:
    """Whether a line lies in a block under a condition that asks for a development environment."""
    margin = _margin(lines[line - 1])
    for other in reversed(lines[max(0, line - 1 - NEAR) : line - 1]):
        if margin == 0:
            return False
        if other.strip() and _margin(other) < margin:
            margin = _margin(other)
            if DEVELOPMENT.search(other[:LONGEST]):
                return True
    return False


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def _explained(lines: list[str]) -> bool:
    for line in lines:
        found = COMMENT.search(line[:LONGEST])
        said = found["said"].partition("*/")[0].strip() if found else ""
        if WORD.search(said) and not NO_REASON.search(said):
            return True
    return False


def silent_lines(module: Module) -> list[int]:
    """How many lines up to each are blank, comments or a docstring; empty where no function is long."""
    if all(item.end_line - item.line < LONG for item in module.functions):
        return []
    sums, inside = [0], ""
    quotes = QUOTES if module.language == "Python" else ()
    for line in module.text.split("\n"):
        bare = line[:LONGEST].strip()
        silent = bool(inside)
        if inside:
            inside = "" if inside in bare else inside
        elif not bare or bare.startswith(COMMENTS):
            silent = True
            inside = "*/" if bare.startswith("/*") and "*/" not in bare else ""
        elif begins := next((mark for mark in quotes if bare.startswith((mark, f"r{mark}"))), ""):
            silent = True
            inside = begins if bare.count(begins) == 1 else ""
        sums.append(sums[-1] + silent)
    return sums


def silent_of(item: Function, sums: list[int]) -> int:
    """The same for the lines of one function, 0 of a short one."""
    last = min(item.end_line, len(sums) - 1)
    return sums[last] - sums[item.line] if item.end_line - item.line >= LONG and item.line <= last else 0


def types_given(module: Module) -> dict[int, str]:
    """Functions by index whose types stand elsewhere: on their variable, or on what takes them."""
    given = {
        item.value.function: BY_NAME for item in module.assignments if item.type and isinstance(item.value, Lambda)
    }
    if module.language != "TypeScript":
        return given
    for item in module.assignments:
        if item.type and isinstance(item.value, Mapping):
            given.update(dict.fromkeys(_inside(item.value), BY_NAME))
    for call in module.calls:
        for arg in call.args:
            if isinstance(arg, Mapping):
                given.update(dict.fromkeys(_inside(arg), BY_CALL))
            elif isinstance(arg, Lambda):
                given.setdefault(arg.function, BY_CALL)
    return given


def _inside(expr: Expr) -> list[int]:
    """The functions that are values of an object, however deep."""
    return [item.function for item in walk(expr) if isinstance(item, Lambda)]
