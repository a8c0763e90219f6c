"""Are functions that others call documented?"""

from __future__ import annotations

from checks.documentation._public import called_by_others, owner_of, promised, services_first
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Function
from reviewer.model.facts.repository import Api, Code
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Outcome, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, reaches

ENOUGH, SOME = 0.4, 0.12
FEW = 8
ENOUGH_TO_SPLIT = 12
"""Functions from which on a share between the two bounds says something."""

CHECK = Check(
    title_shown="Code is documented where others call it",
    title_partly="Some code is documented where others call it",
    title_not_shown="Little documentation in the code",
    looks_for="Docstrings and comments on public functions of nine lines and more.",
    why="It saves the next developer from reading the body to learn what comes out.",
    advice="Write one line for each public function of a service: what it does, what it returns, what it raises.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least 40 % of these functions are documented; partly from 12 % of twelve functions and more. One "
    "function less, and a tenth at most, is enough for either.",
    skills=("Documentation",),
    needs=(Depth.FUNCTIONS,),
    does_not_count="Short, private, internal and unexported functions, constructors, hooks that a framework calls "
    "(WordPress: those handed to add_action and the like by name), undocumented handlers of requests "
    "(their route says what they serve) and methods of classes that extend one "
    "from outside, functions inside others, converters (toDto), set-up classes, migrations, examples, scripts, helpers "
    "of tests; other comments inside a body.",
    computed="Public functions of the server that span nine lines and more are parsed; a docstring, a doc comment or "
    "one of four words right before it, or before the method of the interface, counts, in PHP also a comment behind "
    "the opening brace. Documented ones are divided by "
    "all, from eight functions on. The shares are the project's own, set low on purpose.",
    limits="Whether a comment says more than the name is not judged. Hooks and set-up are told by names, and "
    "TypeScript types, which also say much, do not count.",
    links=(
        "https://peps.python.org/pep-0257/",
        "https://jsdoc.app/about-getting-started",
    ),
    before="def reserve(order, stock):\n    for line in order.lines:\n        ...",
    pattern="def reserve(order, stock):\n"
    '    """Takes the order\'s items out of stock; raises OutOfStock and takes none."""\n'
    "    for line in order.lines:\n"
    "        ...",
)


def run(code: Code, api: Api) -> Verdict:
    """The share of documented public functions."""
    judged = called_by_others(code, api)
    if len(judged) < FEW:
        return not_applicable("Too few public functions of more than a few lines.")
    told = promised(code)
    documented = [item for item in judged if _says(item, told)]
    bare = services_first([item for item in judged if not _says(item, told)])
    reached = [reaches(len(documented), len(judged), bound) for bound in (ENOUGH, SOME)]
    if reached[1] and not reached[0] and len(judged) < ENOUGH_TO_SPLIT:
        return not_applicable(
            f"{count(len(judged), 'public function')} of some length: too few for a share in between."
        )
    outcome = Outcome.SHOWN if reached[0] else Outcome.PARTLY if reached[1] else Outcome.NOT_SHOWN
    return Verdict(
        outcome=outcome,
        summary=f"{len(documented)} of {count(len(judged), 'public function')} of some length are documented.",
        evidence=evidence(documented[:3], "documented")
        if outcome is Outcome.SHOWN
        else evidence(bare[:3], "not documented"),
        confidence=LIKELY,
    )


def _says(item: At[Function], told: frozenset[tuple[str, str, str]]) -> bool:
    return item.fact.documented or (item.path, owner_of(item.fact), item.fact.name) in told
