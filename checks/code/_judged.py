"""Which functions and modules are judged for their form: those of the server, before scripts that are run by hand.

Files that a generator drafted say nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.model.facts.code import Function
from reviewer.model.facts.repository import Api, Code, FileRole, SourceFile
from reviewer.model.facts.values import At
from reviewer.model.finding import Outcome
from reviewer.model.verdict import by_share

ROUTES = 2
"""Routes from which on a function is a list of them."""
SEVERAL = 8
"""Items of which one more or less changes no outcome."""


def outcome_of(good: int, total: int, enough: float, some: float) -> Outcome:
    """The outcome of a share: within one of a bound the better, since one of several more or less tells nothing."""
    return by_share(min(1.0, (good + (total >= SEVERAL)) / total), enough, some)


def judged_modules(code: Code) -> list[SourceFile]:
    """The modules of the server; the scripts where there is nothing else."""
    written = [file for file in code.modules if file.facts and file.facts.lines and not file.facts.drafted]
    return [file for file in written if file.role is FileRole.SERVER] or written


def judged_functions(code: Code) -> list[At[Function]]:
    """The functions of these modules."""
    paths = {file.path for file in judged_modules(code)}
    return [item for item in code.functions if item.path in paths]


def without_lists(functions: list[At[Function]], api: Api) -> list[At[Function]]:
    """The functions but those that declare several routes: what is long or branches there is their handlers.

    Handlers without a name of their own are counted with the function around them in most languages.
    """
    declared: dict[str, list[int]] = {}
    for endpoint in api.endpoints:
        declared.setdefault(endpoint.file, []).append(endpoint.line)
    return [item for item in functions if _inside(item.fact, declared.get(item.path, ())) < ROUTES]


def _inside(fact: Function, lines: Iterable[int]) -> int:
    return len({line for line in lines if fact.line <= line <= fact.end_line})


def own_lines(functions: list[At[Function]]) -> dict[tuple[str, int, str], int]:
    """The lines of each function without those of the named functions inside it, by path, line and name.

    A function that wraps a whole module is as long as what it does beside holding the others.
    """
    by_path: dict[str, list[Function]] = {}
    for item in functions:
        by_path.setdefault(item.path, []).append(item.fact)
    found: dict[tuple[str, int, str], int] = {}
    for path, facts in by_path.items():
        around: list[tuple[Function, int]] = []
        for fact in sorted(facts, key=lambda one: (one.line, -one.end_line)):
            while around and around[-1][0].end_line < fact.end_line:
                around.pop()
            lines = fact.end_line - fact.line + 1
            if around and around[-1][0].line < fact.line:
                outer = around[-1][0]
                found[path, outer.line, outer.qualname] -= lines
            found[path, fact.line, fact.qualname] = lines
            around.append((fact, lines))
    return found
