"""Is {name} written as its users write it?"""

from __future__ import annotations

from checks.languages._of import modules
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import CatchBody, SignKind
from reviewer.model.facts.repository import Code, Documents, Tests
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, not_shown, partly, shown

TYPED = 0.3
DOCUMENTED = 0.2
SIMPLE = 0.85
ENOUGH, SOME = 4, 2
FEW = 8

CHECK = Check(
    title_shown="{name} is written idiomatically",
    title_not_shown="{name} without its idioms",
    looks_for="Types or documentation, handled errors, a logger, small functions, tests, and the language's own tools.",
    why="Idiom is what separates somebody who works in a language from somebody who has translated into it.",
    advice="Add a linter and formatter to the project, and let their advice shape the next files.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least four of: types or docs, errors, logger, small functions, tests, linter; partly with two.",
    does_not_count="What vendored and generated files do.",
    needs=(Depth.FUNCTIONS,),
    family="language",
)


def run(code: Code, tests: Tests, documents: Documents, subject: str) -> Verdict:
    """Which marks of idiom there are."""
    paths = {file.path for file in modules(code, subject)}
    functions = [item for item in code.functions if item.path in paths]
    if len(functions) < FEW:
        return not_applicable(
            f"Too few functions in {subject} to judge." if functions else f"No {subject} that is read."
        )
    typed = sum(bool(item.fact.typed) for item in functions) / len(functions)
    documented = sum(item.fact.documented for item in functions) / len(functions)
    catches = [item for item in code.catches if item.path in paths]
    handled = [item for item in catches if item.fact.does is not CatchBody.EMPTY]
    small = sum(item.fact.complexity <= 6 for item in functions) / len(functions)
    marks = {
        "types or docs": typed >= TYPED or documented >= DOCUMENTED,
        "handled errors": bool(handled) and 2 * len(handled) > len(catches),
        "a logger": any(item.path in paths for item in code.of(SignKind.LOGGER)),
        "small functions": small >= SIMPLE,
        "tests": bool(tests.cases),
        "a linter": any(item.fact.lint_config for item in documents.others),
    }
    has = [name for name, present in marks.items() if present]
    lacks = [name for name, present in marks.items() if not present]
    summary = f"Has {', '.join(has) or 'none of the marks'}; lacks {', '.join(lacks) or 'nothing'}."
    if len(has) >= ENOUGH:
        return shown(summary, evidence(functions[:2]), LIKELY)
    return partly(summary, evidence(functions[:2]), LIKELY) if len(has) >= SOME else not_shown(summary, (), LIKELY)
