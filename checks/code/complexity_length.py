"""Are functions and files of a size that fits the eye?"""

from __future__ import annotations

from checks.code._judged import SEVERAL, judged_functions, judged_modules, own_lines, without_lists
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Function
from reviewer.model.facts.repository import Api, Code, SourceFile
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, partly, shown

FUNCTION, FILE = 50, 500
ENOUGH, SOME = 0.92, 0.8
FEW = 5
STEPS = 8
"""Statements below which a long function is one text, one table or one object: long, but read at a glance."""

CHECK = Check(
    title_shown="Functions and files are short",
    title_partly="Some functions or files are long",
    title_not_shown="Many functions or files are long",
    looks_for="Functions of over 50 lines of code and files of over 500 such lines.",
    why="What fits on a screen can be understood at once.",
    advice="Take the steps of the longest function out into named functions.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least 92 % of the functions have under 50 lines, and of the files under 500 (one more of "
    "each is passed); partly from 80 %.",
    does_not_count="Tests, migrations, generated code, scripts beside a server, functions that only list routes or "
    "hold one long text or object (fewer than eight statements), and the lines of named functions inside others, which "
    "count as functions of their own.",
    computed="Counts over parsed functions and server files: lines from the first to the last without blank lines "
    "and comments, in functions also without docstrings and nested named functions. 50 lines is the default of "
    "ESLint's max-lines-per-function; 500 for files is this project's own.",
    limits="Outside JavaScript, callbacks count with the function around them; where "
    "it declares several routes, neither is judged.",
    links=(
        "https://eslint.org/docs/latest/rules/max-lines-per-function",
        "https://eslint.org/docs/latest/rules/max-lines",
    ),
    skills=("Code quality",),
    needs=(Depth.FUNCTIONS,),
    before="""\
async function checkout(req, res) {
  // 90 lines: read the cart, check the stock, charge, store, send a mail
}""",
    pattern="""\
async function checkout(req, res) {
  const cart = await loadCart(req.user.id);
  await reserve(cart);
  res.status(201).json(await placeOrder(cart));
}""",
)


def run(code: Code, api: Api) -> Verdict:
    """Shares of short functions and files."""
    functions, modules = without_lists(judged_functions(code), api), judged_modules(code)
    if len(functions) < FEW:
        return not_applicable(f"{count(len(functions), 'function')}: too few to judge.")
    lines = own_lines(functions)
    sized = [(lines[item.path, item.fact.line, item.fact.qualname] - item.fact.silent, item) for item in functions]
    sized.sort(key=lambda pair: (-pair[0], pair[1].path, pair[1].fact.line))
    sized = [pair for pair in sized if pair[0] <= FUNCTION or not 0 < pair[1].fact.statements < STEPS]
    long = [item for length, item in sized if length > FUNCTION]
    files = sorted((file for file in modules if file.facts and file.facts.code_lines > FILE), key=_longest)
    short = 1 - max(0, len(long) - (len(functions) >= SEVERAL)) / len(functions)
    small = 1 - max(0, len(files) - 1) / max(1, len(modules))
    longer = f"{count(len(long), 'function')} of {len(functions)} over {FUNCTION} lines"
    summary = f"{longer}, {count(len(files), 'file')} over {FILE}."
    places = [
        *(_place(item, length) for length, item in sized[:5] if length > FUNCTION),
        *(Evidence(path=file.path, line=1, end_line=1, note=_lines(file)) for file in files[:2]),
    ]
    if min(short, small) >= ENOUGH:
        return shown(summary, places or evidence(functions[:1], "short"))
    return partly(summary, places) if min(short, small) >= SOME else not_shown(summary, places)


def _longest(file: SourceFile) -> tuple[int, str]:
    return -(file.facts.code_lines if file.facts else 0), file.path


def _lines(file: SourceFile) -> str:
    return f"{count(file.facts.code_lines if file.facts else 0, 'line')} of code"


def _place(item: At[Function], length: int) -> Evidence:
    line = item.fact.line
    return Evidence(
        path=item.path, line=line, end_line=line, note=f"{item.fact.qualname}: {count(length, 'line')} of code"
    )
