"""Are reads bounded?"""

from __future__ import annotations

from checks.data_stores._queries import lists, once
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.repository import Code, FileRole
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, evidence, not_applicable, not_shown, partly, shown

MOST = 2
"""Unbounded reads for each bounded one that nobody objects to."""
SEVERAL = 3
"""Bounded reads from which on one more or less does not decide."""
PROJECTIONS = ("select", "lean")
"""Means by which a read names its fields, and still reads every row."""
FEW = 2
"""Reads of many from which on something is said."""

CHECK = Check(
    title_shown="Reads are bounded",
    title_partly="Some collections are read whole",
    title_not_shown="Whole collections are read",
    looks_for="Limits and pages.",
    why="A collection grows; reading it whole stops working one day.",
    advice="Read lists with a limit, and only the fields that are needed.",
    effort=Effort.HOURS,
    level=3,
    shown_when="Queries that read many limit what they read; partly where fewer than a third do.",
    does_not_count="Reads that only name their fields; reads by id; queries of seeds and scripts.",
    computed="Calls that read many (find, all, scan), by name, against limits and pages on the "
    "same lines. Two open reads for each bounded one are accepted: this project's own threshold.",
    limits="A limit that is added in another function or file is seen only as a page that is taken somewhere.",
    links=("https://www.mongodb.com/docs/manual/reference/method/cursor.limit/",),
    skills=("NoSQL",),
    needs=(Depth.DATA,),
    before="const notes = await Note.find({ owner });",
    pattern="const notes = await Note.find({ owner, _id: { $gt: after } })\n  .select('title createdAt')\n"
    "  .sort({ _id: 1 })\n  .limit(size);",
)


def run(code: Code) -> Verdict:
    """Bounded reads against queries that read many."""
    scripts = {module.path for module in code.modules if module.role is FileRole.SCRIPTS}
    queries = [item for item in lists(code) if item.path not in scripts and not once(item)]
    bounds = code.of(SignKind.NOSQL_BOUNDED)
    found = [item for item in bounds if item.fact.detail not in PROJECTIONS]
    modules = {module.path for module in code.modules}
    pages = [item for item in code.of(SignKind.PAGINATION) if item.path in modules]
    open_ = [item for item in queries if not any(_overlap(item, each) for each in found)]
    near = len(found) >= SEVERAL and len(open_) - 1 <= MOST * (len(found) + 1)
    if found and (near or len(open_) <= MOST * len(found)):
        return shown(f"{count(len(found), 'bounded read')}, {len(open_)} not.", evidence(found[:3], "bounded"), LIKELY)
    if not queries:
        return not_applicable("No query on a document store reads many.")
    first = f"{open_[0].path}:{open_[0].fact.line}" if open_ else ""
    advice = f"Read lists with a limit, and only the fields that are needed; start with {first}."
    proof = evidence(open_[:4], "reads without a limit")
    if found:
        return partly(f"{count(len(found), 'bounded read')}, {len(open_)} not.", proof, LIKELY, advice=advice)
    if pages:
        return not_applicable(f"Pages are taken in {count(len(pages), 'place')}; of which reads is not known.")
    if len(bounds) > len(found):
        return could_not_tell(f"Reads name their fields in {count(len(bounds), 'place')}; no limit was found.")
    if len(open_) < FEW:
        return not_applicable("A single read of many does not tell how lists are read.")
    return not_shown(f"{count(len(open_), 'list read')}, no limit was found.", proof, LIKELY, advice=advice)


def _overlap(query: At[Sign], bound: At[Sign]) -> bool:
    """Whether a bound stands in the lines of a query."""
    if query.path != bound.path:
        return False
    return query.fact.line <= bound.fact.end_line and bound.fact.line <= query.fact.end_line
