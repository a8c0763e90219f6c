"""Do names follow the language's convention and say something?"""

from __future__ import annotations

import re

from checks.code._judged import judged_functions, outcome_of
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import ClassDef, Function
from reviewer.model.facts.repository import Code
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, evidence, not_applicable

SNAKE = re.compile(r"_{0,2}[a-z][a-z0-9_]*_{0,2}\Z")
CAMEL = re.compile(r"(?:__|[_$#])?[a-zA-Z$][a-zA-Z0-9$]*\Z")
EMPTY = frozenset(
    "foo bar baz test1 test2 func func1 func2 function1 myfunction my_function abc temp tmp xyz asdf".split()
)
CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*\Z")
"""Functions that stand among constants, such as the texts of errors with a name in them."""
HOOKS = re.compile(
    r"(?:visit|do|depart|handle|get|validate|clean|resolve|filter|perform|test)_\w+\Z|setUp\w*\Z|tearDown\w*\Z|asyncSetUp\Z|UNSAFE_\w+\Z"
)
EVENTS = re.compile(
    r"(?:Application|Session|Page)_[A-Z]\w*\Z"
    r"|\w+_(?:\w*Click|Load|Init|Tick|\w*Chang(?:ed|ing)|\w*Command|\w*Bound|Clos(?:ed|ing)|Key(?:Down|Up|Press))\Z"
)
"""How .NET's forms and applications have the handlers of their events called."""
PLATFORM = re.compile(r"(?:get|post|put|delete|use|options)_\w+\Z")
"""How a file of Wix has the functions called that answer requests."""
PLATFORM_FILE = "http-functions.js"
VERBS = frozenset("GET POST PUT PATCH DELETE HEAD OPTIONS".split())
"""What a dispatcher by method (CherryPy's) asks its handlers to be called."""
SNAKED = (".py", ".ipynb", ".rb", ".rake", ".ru")
"""Suffixes of the languages whose functions are in snake case."""
MAGIC = re.compile(r"__[a-z][a-zA-Z]*\Z")
PHP = (".php", ".phtml", ".inc", ".module", ".install", ".theme")
"""Suffixes of PHP, which has methods of its own (``__construct``) and two conventions: that of its libraries, and the
snake case that WordPress, Drupal and its own functions are written in."""
SERVICER = ("Servicer", "ServiceBase")
"""How the classes are called that gRPC makes of a contract."""
ENOUGH, SOME = 0.95, 0.8
FEW = 5

CHECK = Check(
    title_shown="Names follow the convention",
    title_partly="Some names are against the convention",
    title_not_shown="Many names are against the convention",
    looks_for="Function names in the language's own convention, and names that say nothing.",
    why="Names are most of what a reader has; odd ones are noticed before anything else.",
    advice="Rename the listed functions: snake_case in Python and Ruby, camelCase or PascalCase elsewhere.",
    effort=Effort.MINUTES,
    level=2,
    shown_when="At least 95 % of the names follow the convention; partly from 80 %.",
    does_not_count="Names that a library asks for, such as visit_Name, get_fieldName and the calls of a "
    "gRPC contract; tests, migrations, "
    "generated code, "
    "and scripts beside a server.",
    computed="Compares the names of parsed functions with the convention of their language: snake_case in Python "
    "and Ruby, "
    "either way in PHP, no underscores elsewhere; and with a short list of empty names (foo, test1). The shares "
    "are this "
    "project's own.",
    limits="Whether a name says the right thing is not judged, nor are names of variables and classes. A single "
    "word fits "
    "every convention.",
    links=("https://peps.python.org/pep-0008/#naming-conventions",),
    skills=("Code quality",),
    needs=(Depth.FUNCTIONS,),
    before="""\
def getOrder(id): ...
def func1(a): ...""",
    pattern="""\
def load_order(order_id): ...
def price_of(order): ...""",
)


def run(code: Code) -> Verdict:
    """The share of names by convention."""
    named = [item for item in judged_functions(code) if item.fact.name.isidentifier() or "$" in item.fact.name]
    if len(named) < FEW:
        return not_applicable(f"{count(len(named), 'named function')}: too few to judge.")
    asked = {(item.path, item.fact.name) for item in code.classes if _is_servicer(item.fact)}
    named = [item for item in named if (item.path, item.fact.qualname.rpartition(".")[0]) not in asked]
    odd = [item for item in named if not _good(item)]
    return Verdict(
        outcome=outcome_of(len(named) - len(odd), len(named), ENOUGH, SOME),
        summary=f"{len(named) - len(odd)} of {count(len(named), 'function name')} follow the convention.",
        evidence=evidence(odd[:6], "against the convention") if odd else evidence(named[:2], "by the convention"),
    )


def _is_servicer(fact: ClassDef) -> bool:
    """Whether a class serves a contract of gRPC, whose calls name its methods."""
    return any(name.endswith(SERVICER) for name in (fact.name, *fact.bases))


def _good(item: At[Function]) -> bool:
    name = item.fact.name
    if name.lower() in EMPTY:
        return False
    if item.path.endswith(SNAKED):
        return bool(SNAKE.match(name) or HOOKS.match(name) or name in VERBS or not name.isascii())
    if item.path.endswith(PHP) and (MAGIC.match(name) or SNAKE.match(name)):
        return True
    return (
        bool(CAMEL.match(name) or CONSTANT.match(name))
        or not name.isascii()
        or (item.path.endswith(".cs") and bool(EVENTS.match(name)))
        or (item.path.endswith(PLATFORM_FILE) and bool(PLATFORM.match(name)))
    )
