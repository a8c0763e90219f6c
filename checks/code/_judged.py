"""Which functions and modules are judged for their form: those of the server, before scripts that are run by hand.

Files that a generator drafted say nothing of it.
"""

from __future__ import annotations

from reviewer.model.facts.code import Function
from reviewer.model.facts.repository import Code, FileRole, SourceFile
from reviewer.model.facts.values import At


def judged_modules(code: Code) -> list[SourceFile]:
    """The modules of the server; the scripts where there is nothing else."""
    written = [file for file in code.modules if file.facts and file.facts.lines and not file.facts.drafted]
    return [file for file in written if file.role is FileRole.SERVER] or written


def judged_functions(code: Code) -> list[At[Function]]:
    """The functions of these modules."""
    paths = {file.path for file in judged_modules(code)}
    return [item for item in code.functions if item.path in paths]


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
